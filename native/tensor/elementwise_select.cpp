// select(condition, whenTrue, whenFalse, out, run): out takes `run` elements at a time from one of two
// tensors.
#include <cstring>

#include "tensor/elementwise.h"
#include "tensor/registration.h"
#include "tensor/typed_array_args.h"

namespace ccnet {
namespace {

template <class T>
void SelectRuns(const uint8_t* condition, const T* yes, const T* no, T* out, int64_t runs, int64_t run) {
  const int64_t grain = run >= kElementGrain ? 1 : kElementGrain / run;
  ParallelFor(runs, grain, [=](int64_t begin, int64_t end) {
    if (run == 1) {
      for (int64_t i = begin; i < end; ++i) out[i] = condition[i] ? yes[i] : no[i];
      return;
    }
    for (int64_t i = begin; i < end; ++i) {
      std::memcpy(out + i * run, (condition[i] ? yes : no) + i * run, static_cast<size_t>(run) * sizeof(T));
    }
  });
}

void Select(const Napi::CallbackInfo& info) {
  const Span<uint8_t> condition = Bytes(info, 0);
  const RawSpan yes = Raw(info, 1), no = Raw(info, 2), out = Raw(info, 3);
  const int64_t run = Integer(info, 4);
  Require(info,
          run > 0 && condition.size * run == out.size && yes.size == out.size && no.size == out.size &&
              yes.elementBytes == out.elementBytes && no.elementBytes == out.elementBytes,
          "select: operands differ in size");
  if (out.elementBytes == 4) {
    SelectRuns(condition.data, reinterpret_cast<uint32_t*>(yes.data), reinterpret_cast<uint32_t*>(no.data),
               reinterpret_cast<uint32_t*>(out.data), condition.size, run);
  } else {
    SelectRuns(condition.data, yes.data, no.data, out.data, condition.size, run);
  }
}

}  // namespace

void RegisterSelect(Napi::Env env, Napi::Object exports) {
  exports.Set("select", Napi::Function::New(env, Select));
}

}  // namespace ccnet
