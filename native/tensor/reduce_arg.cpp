// argReduce.<dtype>.<ArgMax|ArgMin>(x, index, outer, reduce, inner): index of the first extreme along the
// middle dimension. NaN never wins, except from the first place, as in the JavaScript reference.
#include <algorithm>
#include <vector>

#include "tensor/registration.h"
#include "tensor/typed_array_args.h"
#include "thread_pool.h"

namespace ccnet {
namespace {

template <class T, class Better>
void Find(const T* x, int32_t* index, int64_t reduce, int64_t inner, Better better) {
  std::vector<T> best(x, x + inner);
  std::fill(index, index + inner, 0);
  for (int64_t row = 1; row < reduce; ++row) {
    const T* values = x + row * inner;
    for (int64_t i = 0; i < inner; ++i) {
      if (better(values[i], best[static_cast<size_t>(i)])) {
        best[static_cast<size_t>(i)] = values[i];
        index[i] = static_cast<int32_t>(row);
      }
    }
  }
}

template <class T, class Better>
void FindLast(const T* x, int32_t* index, int64_t begin, int64_t end, int64_t reduce, Better better) {
  for (int64_t o = begin; o < end; ++o) {
    const T* row = x + o * reduce;
    int64_t best = 0;
    for (int64_t r = 1; r < reduce; ++r) best = better(row[r], row[best]) ? r : best;
    index[o] = static_cast<int32_t>(best);
  }
}

template <class T, class Better>
void Add(Napi::Env env, Napi::Object table, const char* name, Better better) {
  table.Set(name, Napi::Function::New(env, [better](const Napi::CallbackInfo& info) {
              const Span<T> x = Elements<T>(info, 0);
              const Span<int32_t> index = Ints(info, 1);
              const int64_t outer = Integer(info, 2), reduce = Integer(info, 3), inner = Integer(info, 4);
              Require(info, outer > 0 && reduce > 0 && inner > 0, "argReduce: every extent must be positive");
              Require(info, x.size == outer * reduce * inner && index.size == outer * inner,
                      "argReduce: sizes disagree");
              const int64_t grain = std::max<int64_t>(1, 16384 / (reduce * inner));
              ParallelFor(outer, grain, [=](int64_t begin, int64_t end) {
                if (inner == 1) {
                  FindLast(x.data, index.data, begin, end, reduce, better);
                  return;
                }
                for (int64_t o = begin; o < end; ++o) {
                  Find(x.data + o * reduce * inner, index.data + o * inner, reduce, inner, better);
                }
              });
            }));
}

template <class T>
Napi::Object Table(Napi::Env env) {
  Napi::Object table = Napi::Object::New(env);
  Add<T>(env, table, "ArgMax", [](T a, T b) { return a > b; });
  Add<T>(env, table, "ArgMin", [](T a, T b) { return a < b; });
  return table;
}

}  // namespace

void RegisterArgReduce(Napi::Env env, Napi::Object exports) {
  Napi::Object table = Napi::Object::New(env);
  table.Set("float32", Table<float>(env));
  table.Set("int32", Table<int32_t>(env));
  table.Set("bool", Table<uint8_t>(env));
  exports.Set("argReduce", table);
}

}  // namespace ccnet
