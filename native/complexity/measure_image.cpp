#include "complexity/measure_image.h"

#include "common/team.h"
#include "complexity/delentropy.h"
#include "complexity/edge_density.h"
#include "complexity/entropy.h"
#include "complexity/glcm.h"
#include "complexity/mask_shares.h"
#include "complexity/median_frequency.h"
#include "complexity/objects.h"
#include "complexity/separability.h"

namespace ccnet {

Measures MeasureImage(const PlaneView& grey, const PlaneView& mask) {
  Measures m{};
  const auto task = [&](int64_t index) {
    switch (index) {
      case 0: {
        m[1] = MedianFrequency(grey);
        break;
      }
      case 1: {
        const Separability separability = BoundarySeparability(grey, mask);
        m[10] = separability.intensity;
        m[11] = separability.texture;
        break;
      }
      case 2: {
        m[2] = Entropy(grey);
        m[3] = Delentropy(grey);
        m[4] = EdgeDensity(grey);
        break;
      }
      case 3: {
        const GlcmTexture texture = Glcm(grey);
        m[5] = texture.contrast;
        m[6] = texture.homogeneity;
        break;
      }
      default: {
        const MaskShares shares = Shares(mask);
        const ObjectStatistics objects = Objects(mask);
        m[0] = shares.foreground;
        m[7] = shares.boundary;
        m[8] = objects.count;
        m[9] = objects.size_spread;
      }
    }
  };
  ForTasks(5, task);
  return m;
}

}  // namespace ccnet
