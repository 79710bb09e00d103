#include "segmentability/pixel_sample.h"

#include <algorithm>

namespace ccnet {
namespace {

// Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).
void Draw(const uint8_t* wanted, int64_t pixels, int64_t candidates, int64_t most, Random& random,
          std::vector<int64_t>& chosen) {
  int64_t needed = std::min(most, candidates);
  for (int64_t i = 0; i < pixels && needed > 0; ++i) {
    if (wanted && !wanted[i]) continue;
    if (random.Uniform() * candidates < needed) {
      chosen.push_back(i);
      --needed;
    }
    --candidates;
  }
}

}  // namespace

std::vector<int64_t> SamplePixels(const uint8_t* mask, int64_t pixels, int64_t most, int64_t most_foreground,
                                  Random& random) {
  std::vector<int64_t> chosen;
  Draw(nullptr, pixels, pixels, most, random, chosen);
  const int64_t foreground = std::count_if(mask, mask + pixels, [](uint8_t value) { return value != 0; });
  Draw(mask, pixels, foreground, most_foreground, random, chosen);
  return chosen;
}

}  // namespace ccnet
