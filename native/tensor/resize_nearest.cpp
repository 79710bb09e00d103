// resizeNearest(x, y, geometry...) and resizeNearestGrad(dy, dx, geometry...).
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "tensor/elementwise.h"
#include "tensor/registration.h"
#include "tensor/resize.h"
#include "tensor/typed_array_args.h"

namespace ccnet {
namespace {

// Source pixel of every output pixel along one axis.
std::vector<int64_t> Sources(const Resize& r, int64_t in, int64_t out) {
  const double scale = r.Scale(in, out);
  std::vector<int64_t> sources(static_cast<size_t>(out));
  for (int64_t i = 0; i < out; ++i) {
    const double at = scale * (static_cast<double>(i) + (r.halfPixelCenters ? 0.5 : 0.0));
    // Halves round up, as JavaScript's Math.round does.
    const double nearest = r.alignCorners ? std::floor(at + 0.5) : std::floor(at);
    sources[static_cast<size_t>(i)] =
        std::min<int64_t>(in - 1, std::max<int64_t>(0, static_cast<int64_t>(nearest)));
  }
  return sources;
}

template <class T>
void Forward(const Resize& r, const T* x, T* y) {
  const std::vector<int64_t> rows = Sources(r, r.inHeight, r.outHeight),
                             columns = Sources(r, r.inWidth, r.outWidth);
  const int64_t c = r.channels, outRow = r.outWidth * c;
  ParallelFor(
      r.batch * r.outHeight, std::max<int64_t>(1, kElementGrain / outRow), [&](int64_t begin, int64_t end) {
        for (int64_t line = begin; line < end; ++line) {
          const int64_t row = line / r.outHeight * r.inHeight + rows[static_cast<size_t>(line % r.outHeight)];
          for (int64_t i = 0; i < r.outWidth; ++i) {
            std::memcpy(y + line * outRow + i * c,
                        x + (row * r.inWidth + columns[static_cast<size_t>(i)]) * c,
                        static_cast<size_t>(c) * sizeof(T));
          }
        }
      });
}

// Several output pixels share an input pixel, so a thread owns whole images.
void Backward(const Resize& r, const float* dy, float* dx) {
  const std::vector<int64_t> rows = Sources(r, r.inHeight, r.outHeight),
                             columns = Sources(r, r.inWidth, r.outWidth);
  const int64_t c = r.channels, inImage = r.inHeight * r.inWidth * c;
  ParallelFor(r.batch, 1, [&](int64_t begin, int64_t end) {
    std::fill(dx + begin * inImage, dx + end * inImage, 0.0f);
    for (int64_t line = begin * r.outHeight; line < end * r.outHeight; ++line) {
      const int64_t row = line / r.outHeight * r.inHeight + rows[static_cast<size_t>(line % r.outHeight)];
      for (int64_t i = 0; i < r.outWidth; ++i) {
        const float* in = dy + (line * r.outWidth + i) * c;
        float* out = dx + (row * r.inWidth + columns[static_cast<size_t>(i)]) * c;
        for (int64_t k = 0; k < c; ++k) out[k] += in[k];
      }
    }
  });
}

void ForwardBinding(const Napi::CallbackInfo& info) {
  const RawSpan x = Raw(info, 0), y = Raw(info, 1);
  Require(info, x.elementBytes == y.elementBytes, "resizeNearest: types differ");
  const Resize r = ReadResize(info, 2, x.size, y.size);
  if (x.elementBytes == 4) {
    Forward(r, reinterpret_cast<const uint32_t*>(x.data), reinterpret_cast<uint32_t*>(y.data));
  } else {
    Forward(r, x.data, y.data);
  }
}

void BackwardBinding(const Napi::CallbackInfo& info) {
  const Span<float> dy = Floats(info, 0), dx = Floats(info, 1);
  Backward(ReadResize(info, 2, dx.size, dy.size), dy.data, dx.data);
}

}  // namespace

void RegisterResizeNearest(Napi::Env env, Napi::Object exports) {
  exports.Set("resizeNearest", Napi::Function::New(env, ForwardBinding));
  exports.Set("resizeNearestGrad", Napi::Function::New(env, BackwardBinding));
}

}  // namespace ccnet
