#pragma once
#include <cstdint>

namespace ccnet {

/// 8-bit luminance of `pixels` channel-last intensities in [0, 1]: round(255 v) for one channel, round(255
/// (0.299 R + 0.587 G + 0.114 B)) for three (ITU-R BT.601), clamped to [0, 255]. Returns false when an
/// intensity is NaN or infinite; `grey` is then meaningless.
bool Luminance(const float* image, int channels, int64_t pixels, uint8_t* grey);

}  // namespace ccnet
