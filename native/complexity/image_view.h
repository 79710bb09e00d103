#pragma once
#include <cstdint>

namespace ccnet {

/// One 8-bit plane, row by row without gaps: grey levels 0..255, or a mask with 0 background and 1
/// foreground.
struct PlaneView {
  const uint8_t* data;
  int width;
  int height;

  const uint8_t* Row(int y) const { return data + static_cast<int64_t>(y) * width; }
  int64_t Pixels() const { return static_cast<int64_t>(width) * height; }
};

}  // namespace ccnet
