#pragma once
#include <cstdint>

namespace ccnet::step {

/// Size of a batch: images of height x width pixels.
struct Shape {
  int images, height, width;

  /// Sides, and pixels of a batch, up to which no size that follows from them overflows.
  static constexpr int kMostSide = 1 << 24;
  static constexpr int64_t kMostPixels = int64_t{1} << 31;

  bool operator==(const Shape& other) const {
    return images == other.images && height == other.height && width == other.width;
  }
  /// Whether there is anything in it, and not too much.
  bool Possible() const {
    if (images < 1 || height < 1 || width < 1 || height > kMostSide || width > kMostSide) return false;
    const int64_t area = int64_t{height} * width;
    return area <= kMostPixels && area * images <= kMostPixels;
  }
  int64_t Pixels() const { return int64_t{images} * height * width; }
};

}  // namespace ccnet::step
