#include "complexity/delentropy.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "complexity/entropy.h"

namespace ccnet {

double Delentropy(const PlaneView& grey) {
  if (grey.width < 3 || grey.height < 3) return 0;
  constexpr int kRange = 255, kBins = 2 * kRange + 1;
  thread_local std::vector<uint32_t> counts;
  counts.assign(kBins * kBins, 0);
  uint32_t* const centre = &counts[kRange * kBins + kRange];
  const int width = grey.width;
  int steepest = 0;
  for (int y = 1; y + 1 < grey.height; ++y) {
    const uint8_t *above = grey.Row(y - 1), *row = grey.Row(y), *below = grey.Row(y + 1);
    for (int x = 1; x + 1 < width; ++x) {
      const int fx = row[x + 1] - row[x - 1], fy = below[x] - above[x];
      steepest = std::max(steepest, std::abs(fy));
      ++centre[fy * kBins + fx];
    }
  }
  const int64_t inner = static_cast<int64_t>(grey.width - 2) * (grey.height - 2);
  const uint32_t* used = &counts[(kRange - steepest) * kBins];
  return 0.5 * HistogramEntropy(used, (2 * steepest + 1) * kBins, inner);
}

}  // namespace ccnet
