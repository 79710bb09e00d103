#pragma once
#include <cstddef>

#include "common/argument.h"

namespace ccnet {

/// An image that JavaScript passes: an object with `image` (a Float32Array of height * width * channels),
/// `width`, `height` and `channels`. Its fields are all read before a pointer into any array is taken, since
/// reading a field may run JavaScript.
struct ImageArgument {
  Argument image;
  int width, height, channels;

  /// @throws std::invalid_argument for other than 1 to 2^31 - 1 pixels and 1 or 3 channels.
  explicit ImageArgument(const Argument& from);

  size_t Pixels() const { return static_cast<size_t>(width) * static_cast<size_t>(height); }
  const float* Values() const { return image.Floats(Pixels() * static_cast<size_t>(channels)); }
};

}  // namespace ccnet
