#pragma once
#include <napi.h>

#include <cstdint>

namespace ccnet {

/// Geometry of a resize of [batch, inHeight, inWidth, channels] to [batch, outHeight, outWidth, channels].
struct Resize {
  int64_t batch, inHeight, inWidth, outHeight, outWidth, channels;
  bool alignCorners, halfPixelCenters;

  /// Input pixels per output pixel along an axis.
  double Scale(int64_t in, int64_t out) const {
    return alignCorners && out > 1 ? static_cast<double>(in - 1) / static_cast<double>(out - 1)
                                   : static_cast<double>(in) / static_cast<double>(out);
  }
};

/// Reads eight arguments (batch, inHeight, inWidth, outHeight, outWidth, channels, alignCorners,
/// halfPixelCenters) from `first` on, and checks that arrays of `inSize` and `outSize` elements have these
/// shapes.
Resize ReadResize(const Napi::CallbackInfo& info, size_t first, int64_t inSize, int64_t outSize);

}  // namespace ccnet
