#include "common/image_argument.h"

#include <stdexcept>

namespace ccnet {

ImageArgument::ImageArgument(const Argument& from)
    : image(from.Field("image")),
      width(static_cast<int>(from.Field("width").Integer(1, INT32_MAX))),
      height(static_cast<int>(from.Field("height").Integer(1, INT32_MAX))),
      channels(static_cast<int>(from.Field("channels").Integer(1, 3))) {
  if (int64_t{width} * height > INT32_MAX || channels == 2)
    throw std::invalid_argument("An image has 1 to 2^31 - 1 pixels and 1 or 3 channels.");
}

}  // namespace ccnet
