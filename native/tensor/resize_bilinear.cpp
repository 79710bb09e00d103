// resizeBilinear(x, y, geometry...) and resizeBilinearGrad(dy, dx, geometry...).
#include <algorithm>
#include <cmath>
#include <vector>

#include "tensor/elementwise.h"
#include "tensor/registration.h"
#include "tensor/resize.h"
#include "tensor/typed_array_args.h"

namespace ccnet {
namespace {

// Two neighbours along one axis and the weight of the second.
struct Tap {
  int64_t low, high;
  float weight;
};

std::vector<Tap> Taps(const Resize& r, int64_t in, int64_t out) {
  const double scale = r.Scale(in, out);
  std::vector<Tap> taps(static_cast<size_t>(out));
  for (int64_t i = 0; i < out; ++i) {
    const double at =
        r.halfPixelCenters ? scale * (static_cast<double>(i) + 0.5) - 0.5 : scale * static_cast<double>(i);
    const int64_t low = std::max<int64_t>(0, static_cast<int64_t>(std::floor(at)));
    const int64_t high = std::min<int64_t>(in - 1, std::max<int64_t>(0, static_cast<int64_t>(std::ceil(at))));
    taps[static_cast<size_t>(i)] = {low, high,
                                    std::max(0.0f, static_cast<float>(at - static_cast<double>(low)))};
  }
  return taps;
}

void Forward(const Resize& r, const float* x, float* y) {
  const std::vector<Tap> rows = Taps(r, r.inHeight, r.outHeight), columns = Taps(r, r.inWidth, r.outWidth);
  const int64_t c = r.channels, inRow = r.inWidth * c, outRow = r.outWidth * c;
  ParallelFor(
      r.batch * r.outHeight, std::max<int64_t>(1, kElementGrain / outRow), [&](int64_t begin, int64_t end) {
        for (int64_t line = begin; line < end; ++line) {
          const Tap row = rows[static_cast<size_t>(line % r.outHeight)];
          const float* image = x + line / r.outHeight * r.inHeight * inRow;
          const float *top = image + row.low * inRow, *bottom = image + row.high * inRow;
          float* out = y + line * outRow;
          for (int64_t i = 0; i < r.outWidth; ++i, out += c) {
            const Tap column = columns[static_cast<size_t>(i)];
            const int64_t left = column.low * c, right = column.high * c;
            for (int64_t k = 0; k < c; ++k) {
              const float upper = top[left + k] + (top[right + k] - top[left + k]) * column.weight;
              const float lower = bottom[left + k] + (bottom[right + k] - bottom[left + k]) * column.weight;
              out[k] = upper + (lower - upper) * row.weight;
            }
          }
        }
      });
}

// Scatters dy into dx; several output pixels share an input pixel, so a thread owns whole images.
void Backward(const Resize& r, const float* dy, float* dx) {
  const std::vector<Tap> rows = Taps(r, r.inHeight, r.outHeight), columns = Taps(r, r.inWidth, r.outWidth);
  const int64_t c = r.channels, inRow = r.inWidth * c, outRow = r.outWidth * c;
  ParallelFor(r.batch, 1, [&](int64_t begin, int64_t end) {
    std::fill(dx + begin * r.inHeight * inRow, dx + end * r.inHeight * inRow, 0.0f);
    for (int64_t line = begin * r.outHeight; line < end * r.outHeight; ++line) {
      const Tap row = rows[static_cast<size_t>(line % r.outHeight)];
      float* image = dx + line / r.outHeight * r.inHeight * inRow;
      float *top = image + row.low * inRow, *bottom = image + row.high * inRow;
      const float* in = dy + line * outRow;
      for (int64_t i = 0; i < r.outWidth; ++i, in += c) {
        const Tap column = columns[static_cast<size_t>(i)];
        const int64_t left = column.low * c, right = column.high * c;
        const float w = column.weight, v = row.weight;
        for (int64_t k = 0; k < c; ++k) {
          top[left + k] += in[k] * (1 - v) * (1 - w);
          top[right + k] += in[k] * (1 - v) * w;
          bottom[left + k] += in[k] * v * (1 - w);
          bottom[right + k] += in[k] * v * w;
        }
      }
    }
  });
}

void ForwardBinding(const Napi::CallbackInfo& info) {
  const Span<float> x = Floats(info, 0), y = Floats(info, 1);
  Forward(ReadResize(info, 2, x.size, y.size), x.data, y.data);
}

void BackwardBinding(const Napi::CallbackInfo& info) {
  const Span<float> dy = Floats(info, 0), dx = Floats(info, 1);
  Backward(ReadResize(info, 2, dx.size, dy.size), dy.data, dx.data);
}

}  // namespace

void RegisterResizeBilinear(Napi::Env env, Napi::Object exports) {
  exports.Set("resizeBilinear", Napi::Function::New(env, ForwardBinding));
  exports.Set("resizeBilinearGrad", Napi::Function::New(env, BackwardBinding));
}

}  // namespace ccnet
