// Binary kernels with broadcasting: arithmetic on float and int32, comparisons to bool, logic on bool.
#include "tensor/elementwise_binary.h"

#include <cmath>
#include <type_traits>

#include "tensor/registration.h"
#include "tensor/typed_array_args.h"

namespace ccnet {
namespace {

// layout: Int32Array of 3 * rank numbers: dims, strides of a, strides of b.
BroadcastLayout ReadLayout(const Napi::CallbackInfo& info, size_t index, int64_t aSize, int64_t bSize,
                           int64_t ySize) {
  const Span<int32_t> numbers = Ints(info, index);
  const size_t rank = static_cast<size_t>(numbers.size / 3);
  Require(info, rank >= 1 && numbers.size % 3 == 0, "binary: the layout needs 3 numbers per dimension");
  BroadcastLayout layout;
  layout.dims.assign(numbers.data, numbers.data + rank);
  layout.aStrides.assign(numbers.data + rank, numbers.data + 2 * rank);
  layout.bStrides.assign(numbers.data + 2 * rank, numbers.data + 3 * rank);
  int64_t total = 1, aLast = 0, bLast = 0;
  for (size_t d = 0; d < rank; ++d) {
    Require(info, layout.dims[d] > 0 && layout.aStrides[d] >= 0 && layout.bStrides[d] >= 0,
            "binary: bad layout");
    total *= layout.dims[d];
    aLast += (layout.dims[d] - 1) * layout.aStrides[d];
    bLast += (layout.dims[d] - 1) * layout.bStrides[d];
  }
  Require(info, layout.aStrides[rank - 1] <= 1 && layout.bStrides[rank - 1] <= 1,
          "binary: inner strides must be 0 or 1");
  Require(info, total == ySize && aLast < aSize && bLast < bSize, "binary: the layout exceeds its operands");
  return layout;
}

template <class In, class Out, class F>
void AddBinary(Napi::Env env, Napi::Object table, const char* name, F f) {
  table.Set(name, Napi::Function::New(env, [f](const Napi::CallbackInfo& info) {
              const Span<In> a = Elements<In>(info, 0);
              const Span<In> b = Elements<In>(info, 1);
              const Span<Out> y = Elements<Out>(info, 2);
              Binary(a.data, b.data, y.data, ReadLayout(info, 3, a.size, b.size, y.size), f);
            }));
}

template <class T>
void AddComparisons(Napi::Env env, Napi::Object table) {
  const auto add = [&](const char* name, auto f) { AddBinary<T, uint8_t>(env, table, name, f); };
  add("Equal", [](T a, T b) { return static_cast<uint8_t>(a == b); });
  add("NotEqual", [](T a, T b) { return static_cast<uint8_t>(a != b); });
  add("Less", [](T a, T b) { return static_cast<uint8_t>(a < b); });
  add("LessEqual", [](T a, T b) { return static_cast<uint8_t>(a <= b); });
  add("Greater", [](T a, T b) { return static_cast<uint8_t>(a > b); });
  add("GreaterEqual", [](T a, T b) { return static_cast<uint8_t>(a >= b); });
}

// The remainder takes the divisor's sign where the operands' signs differ (floor modulo), computed as the
// JavaScript reference does.
float Modulo(float a, float b) {
  const float rest = std::fmod(a, b);
  return (a < 0) == (b < 0) ? rest : std::fmod(rest + b, b);
}

Napi::Object FloatTable(Napi::Env env) {
  Napi::Object table = Napi::Object::New(env);
  const auto add = [&](const char* name, auto f) { AddBinary<float, float>(env, table, name, f); };
  add("Add", [](float a, float b) { return a + b; });
  add("Sub", [](float a, float b) { return a - b; });
  add("Multiply", [](float a, float b) { return a * b; });
  add("RealDiv", [](float a, float b) { return a / b; });
  // NaN in either operand gives NaN.
  add("Maximum", [](float a, float b) { return a != a ? a : (a > b || b != b ? (b != b ? b : a) : b); });
  add("Minimum", [](float a, float b) { return a != a ? a : (a < b || b != b ? (b != b ? b : a) : b); });
  add("SquaredDifference", [](float a, float b) { return (a - b) * (a - b); });
  add("FloorDiv", [](float a, float b) { return std::floor(a / b); });
  add("Mod", [](float a, float b) { return Modulo(a, b); });
  add("Pow", [](float a, float b) { return std::pow(a, b); });
  add("Atan2", [](float a, float b) { return std::atan2(a, b); });
  add("Prelu", [](float x, float alpha) { return x < 0 ? alpha * x : x; });
  add("EluGrad", [](float dy, float y) { return y >= 0 ? dy : dy * (y + 1); });
  AddComparisons<float>(env, table);
  return table;
}

Napi::Object IntTable(Napi::Env env) {
  Napi::Object table = Napi::Object::New(env);
  const auto add = [&](const char* name, auto f) { AddBinary<int32_t, int32_t>(env, table, name, f); };
  // Unsigned arithmetic wraps as JavaScript's Int32Array does; signed overflow would be undefined.
  using U = uint32_t;
  add("Add",
      [](int32_t a, int32_t b) { return static_cast<int32_t>(static_cast<U>(a) + static_cast<U>(b)); });
  add("Sub",
      [](int32_t a, int32_t b) { return static_cast<int32_t>(static_cast<U>(a) - static_cast<U>(b)); });
  add("Multiply",
      [](int32_t a, int32_t b) { return static_cast<int32_t>(static_cast<U>(a) * static_cast<U>(b)); });
  add("Maximum", [](int32_t a, int32_t b) { return a > b ? a : b; });
  add("Minimum", [](int32_t a, int32_t b) { return a < b ? a : b; });
  AddComparisons<int32_t>(env, table);
  return table;
}

Napi::Object BoolTable(Napi::Env env) {
  Napi::Object table = Napi::Object::New(env);
  AddBinary<uint8_t, uint8_t>(env, table, "LogicalAnd",
                              [](uint8_t a, uint8_t b) { return static_cast<uint8_t>(a && b); });
  AddBinary<uint8_t, uint8_t>(env, table, "LogicalOr",
                              [](uint8_t a, uint8_t b) { return static_cast<uint8_t>(a || b); });
  AddComparisons<uint8_t>(env, table);
  return table;
}

}  // namespace

void RegisterBinary(Napi::Env env, Napi::Object exports) {
  Napi::Object table = Napi::Object::New(env);
  table.Set("float32", FloatTable(env));
  table.Set("int32", IntTable(env));
  table.Set("bool", BoolTable(env));
  exports.Set("binary", table);
}

}  // namespace ccnet
