#include "complexity/glcm.h"

#include <algorithm>
#include <cstdlib>

namespace ccnet {
namespace {

// Both measures depend on |i - j| alone, so the matrix collapses to the histogram of level differences, which is
// the same for the matrix and its transpose.
struct Differences {
  uint32_t counts[4][kGlcmLevels] = {};

  void Add(const uint8_t* a, const uint8_t* b, int length) {
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      for (int lane = 0; lane < 4; ++lane) ++counts[lane][std::abs((a[i + lane] >> 3) - (b[i + lane] >> 3))];
    }
    for (; i < length; ++i) ++counts[0][std::abs((a[i] >> 3) - (b[i] >> 3))];
  }
};

}  // namespace

GlcmTexture Glcm(const PlaneView& grey) {
  const int width = grey.width, height = grey.height;
  Differences directions[4];
  for (int y = 0; y < height; ++y) {
    const uint8_t* row = grey.Row(y);
    directions[0].Add(row, row + 1, width - 1);
    if (y + 1 == height) break;
    const uint8_t* below = grey.Row(y + 1);
    directions[1].Add(row + 1, below, width - 1);
    directions[2].Add(row, below, width);
    directions[3].Add(row, below + 1, width - 1);
  }
  GlcmTexture sum{0, 0};
  int used = 0;
  for (const Differences& direction : directions) {
    double pairs = 0, contrast = 0, homogeneity = 0;
    for (int d = 0; d < kGlcmLevels; ++d) {
      const double n = static_cast<double>(direction.counts[0][d]) + direction.counts[1][d] +
                       direction.counts[2][d] + direction.counts[3][d];
      pairs += n;
      contrast += n * d * d;
      homogeneity += n / (1.0 + d * d);
    }
    if (pairs == 0) continue;
    ++used;
    sum.contrast += contrast / pairs;
    sum.homogeneity += homogeneity / pairs;
  }
  if (used == 0) return {0, 1};
  return {sum.contrast / used, sum.homogeneity / used};
}

}  // namespace ccnet
