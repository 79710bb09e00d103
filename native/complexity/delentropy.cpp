#include "complexity/delentropy.h"

#include <algorithm>
#include <vector>

#include "complexity/entropy.h"

namespace ccnet {

double Delentropy(const PlaneView& grey) {
  if (grey.width < 3 || grey.height < 3) return 0;
  constexpr int kRange = 255, kBins = 2 * kRange + 1;
  thread_local std::vector<uint32_t> counts;
  counts.assign(kBins * kBins, 0);
  for (int y = 1; y + 1 < grey.height; ++y) {
    const uint8_t *above = grey.Row(y - 1), *row = grey.Row(y), *below = grey.Row(y + 1);
    for (int x = 1; x + 1 < grey.width; ++x) {
      const int fx = row[x + 1] - row[x - 1], fy = below[x] - above[x];
      ++counts[(fy + kRange) * kBins + fx + kRange];
    }
  }
  const int64_t inner = static_cast<int64_t>(grey.width - 2) * (grey.height - 2);
  return 0.5 * HistogramEntropy(counts.data(), kBins * kBins, inner);
}

}  // namespace ccnet
