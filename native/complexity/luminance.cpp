#include "complexity/luminance.h"

#include <algorithm>

namespace ccnet {
namespace {

uint8_t ToByte(float value) { return static_cast<uint8_t>(std::min(255.0f, std::max(0.0f, value)) + 0.5f); }

}  // namespace

bool Luminance(const float* image, int channels, int64_t pixels, uint8_t* grey) {
  // x - x is 0 for every finite x and NaN otherwise, so one sum tells whether all were finite.
  float defect = 0;
  if (channels == 1) {
    for (int64_t i = 0; i < pixels; ++i) {
      const float value = 255.0f * image[i];
      defect += value - value;
      grey[i] = ToByte(value);
    }
  } else {
    for (int64_t i = 0; i < pixels; ++i) {
      const float* rgb = image + 3 * i;
      const float value = 76.245f * rgb[0] + 149.685f * rgb[1] + 29.07f * rgb[2];
      defect += value - value;
      grey[i] = ToByte(value);
    }
  }
  return defect == 0;
}

}  // namespace ccnet
