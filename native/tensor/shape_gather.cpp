// gather(x, indices, out, batch, outer, axis, slice): x is [batch, outer, axis, slice], indices [batch, n],
// out [batch, outer, n, slice].
#include <algorithm>
#include <cstring>

#include "tensor/elementwise.h"
#include "tensor/registration.h"
#include "tensor/typed_array_args.h"

namespace ccnet {
namespace {

void Gather(const Napi::CallbackInfo& info) {
  const RawSpan x = Raw(info, 0), out = Raw(info, 2);
  const Span<int32_t> indices = Ints(info, 1);
  const int64_t batch = Integer(info, 3), outer = Integer(info, 4), axis = Integer(info, 5),
                slice = Integer(info, 6);
  Require(info, batch > 0 && outer > 0 && axis > 0 && slice > 0 && indices.size % batch == 0,
          "gather: bad extents");
  const int64_t n = indices.size / batch;
  Require(info,
          x.elementBytes == out.elementBytes && x.size == batch * outer * axis * slice &&
              out.size == batch * outer * n * slice,
          "gather: sizes disagree");
  for (int64_t i = 0; i < indices.size; ++i) {
    Require(info, indices.data[i] >= 0 && indices.data[i] < axis, "gather: an index lies outside the axis");
  }
  const int64_t bytes = slice * x.elementBytes;
  ParallelFor(batch * outer * n, std::max<int64_t>(1, 4 * kElementGrain / bytes),
              [=](int64_t begin, int64_t end) {
                for (int64_t at = begin; at < end; ++at) {
                  const int64_t row = at / n, index = indices.data[row / outer * n + at % n];
                  std::memcpy(out.data + at * bytes, x.data + (row * axis + index) * bytes,
                              static_cast<size_t>(bytes));
                }
              });
}

}  // namespace

void RegisterGather(Napi::Env env, Napi::Object exports) {
  exports.Set("gather", Napi::Function::New(env, Gather));
}

}  // namespace ccnet
