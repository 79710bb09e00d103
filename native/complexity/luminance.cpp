#include "complexity/luminance.h"

#include <algorithm>

namespace ccnet {
namespace {

// Pixels whose levels are held as floats between the two passes, so that each pass is one vector loop.
constexpr int kBlock = 512;

void Weigh(const float* __restrict image, int channels, int pixels, float* __restrict levels) {
  if (channels == 1) {
    for (int i = 0; i < pixels; ++i) levels[i] = 255.0f * image[i];
  } else {
    for (int i = 0; i < pixels; ++i) {
      levels[i] = 76.245f * image[3 * i] + 149.685f * image[3 * i + 1] + 29.07f * image[3 * i + 2];
    }
  }
}

void Round(const float* __restrict levels, int pixels, uint8_t* __restrict grey) {
  for (int i = 0; i < pixels; ++i) {
    const float above = levels[i] > 0.0f ? levels[i] : 0.0f;
    grey[i] = static_cast<uint8_t>(static_cast<int>((above < 255.0f ? above : 255.0f) + 0.5f));
  }
}

// x - x is 0 for every finite x and NaN otherwise.
bool AllFinite(const float* levels, int pixels) {
  float lanes[4] = {};
  int i = 0;
  for (; i + 4 <= pixels; i += 4) {
    for (int l = 0; l < 4; ++l) lanes[l] += levels[i + l] - levels[i + l];
  }
  for (; i < pixels; ++i) lanes[0] += levels[i] - levels[i];
  return lanes[0] + lanes[1] + lanes[2] + lanes[3] == 0;
}

}  // namespace

bool Luminance(const float* image, int channels, int64_t pixels, uint8_t* grey) {
  float levels[kBlock];
  bool finite = true;
  for (int64_t first = 0; first < pixels; first += kBlock) {
    const int length = static_cast<int>(std::min<int64_t>(kBlock, pixels - first));
    Weigh(image + first * channels, channels, length, levels);
    finite = finite && AllFinite(levels, length);
    Round(levels, length, grey + first);
  }
  return finite;
}

}  // namespace ccnet
