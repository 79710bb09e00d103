#include "complexity/measure_image.h"

#include "complexity/delentropy.h"
#include "complexity/edge_density.h"
#include "complexity/entropy.h"
#include "complexity/glcm.h"
#include "complexity/mask_shares.h"
#include "complexity/median_frequency.h"
#include "complexity/objects.h"
#include "complexity/separability.h"
#include "thread_pool.h"

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
  ParallelFor(5, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) task(i);
  });
  return m;
}

}  // namespace ccnet
