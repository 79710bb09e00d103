// softmax(x, y, rows, columns): exp(x - max) / sum over the last dimension, row by row.
#include <algorithm>
#include <cmath>

#include "tensor/elementwise.h"
#include "tensor/registration.h"
#include "tensor/typed_array_args.h"

namespace ccnet {
namespace {

void SoftmaxRow(const float* x, float* y, int64_t columns) {
  float top = x[0];
  for (int64_t i = 1; i < columns; ++i) top = x[i] > top ? x[i] : top;
  double sum = 0;
  for (int64_t i = 0; i < columns; ++i) {
    y[i] = std::exp(x[i] - top);
    sum += y[i];
  }
  const float scale = static_cast<float>(1 / sum);
  for (int64_t i = 0; i < columns; ++i) y[i] *= scale;
}

void Softmax(const Napi::CallbackInfo& info) {
  const Span<float> x = Floats(info, 0), y = Floats(info, 1);
  const int64_t rows = Integer(info, 2), columns = Integer(info, 3);
  Require(info, rows > 0 && columns > 0 && x.size == rows * columns && y.size == x.size,
          "softmax: sizes disagree");
  ParallelFor(rows, std::max<int64_t>(1, kElementGrain / 4 / columns), [=](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row)
      SoftmaxRow(x.data + row * columns, y.data + row * columns, columns);
  });
}

}  // namespace

void RegisterSoftmax(Napi::Env env, Napi::Object exports) {
  exports.Set("softmax", Napi::Function::New(env, Softmax));
}

}  // namespace ccnet
