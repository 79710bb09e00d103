// Unary float kernels. One loop per operation, written so that the compiler vectorises whatever has no call
// in it.
#include <cmath>
#include <limits>
#include <string>

#include "tensor/elementwise.h"
#include "tensor/registration.h"
#include "tensor/typed_array_args.h"

namespace ccnet {
namespace {

/// Up to two attributes of the operation: slope, bounds.
struct Attributes {
  float a, b;
};

template <class Out, class F>
void AddUnary(Napi::Env env, Napi::Object table, const char* name, F f) {
  table.Set(name, Napi::Function::New(env, [f](const Napi::CallbackInfo& info) {
              const Span<float> x = Floats(info, 0);
              const Span<Out> y = Elements<Out>(info, 1);
              Require(info, x.size == y.size, "unary: input and output differ in length");
              const Attributes attributes{info.Length() > 2 ? Number(info, 2) : 0,
                                          info.Length() > 3 ? Number(info, 3) : 0};
              ParallelFor(x.size, kElementGrain, [=](int64_t begin, int64_t end) {
                const float* in = x.data;
                Out* out = y.data;
                for (int64_t i = begin; i < end; ++i) out[i] = f(in[i], attributes);
              });
            }));
}

float Sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

// log(1 + exp(x)) without overflow: max(x, 0) + log1p(exp(-|x|)).
float Softplus(float x) { return (x > 0 ? x : 0) + std::log1p(std::exp(-std::fabs(x))); }

}  // namespace

void RegisterUnary(Napi::Env env, Napi::Object exports) {
  Napi::Object table = Napi::Object::New(env);
  using A = Attributes;
  const auto add = [&](const char* name, auto f) { AddUnary<float>(env, table, name, f); };
  const auto test = [&](const char* name, auto f) { AddUnary<uint8_t>(env, table, name, f); };

  // Comparisons are written so that NaN passes through, as the JavaScript reference lets it.
  add("Relu", [](float x, A) { return x < 0 ? 0.0f : x; });
  add("Relu6", [](float x, A) { return x < 0 ? 0.0f : (x > 6 ? 6.0f : x); });
  add("LeakyRelu", [](float x, A p) { return x < 0 ? p.a * x : x; });
  add("Elu", [](float x, A) { return x >= 0 ? x : std::expm1(x); });
  add("Selu", [](float x, A p) { return x >= 0 ? p.b * x : p.a * std::expm1(x); });
  add("Sigmoid", [](float x, A) { return Sigmoid(x); });
  add("Softplus", [](float x, A) { return Softplus(x); });
  add("ClipByValue", [](float x, A p) { return x > p.b ? p.b : (x < p.a ? p.a : x); });
  add("Step", [](float x, A p) { return x != x ? x : (x > 0 ? 1.0f : p.a); });

  add("Abs", [](float x, A) { return std::fabs(x); });
  add("Neg", [](float x, A) { return -x; });
  add("Sign", [](float x, A) { return x < 0 ? -1.0f : (x > 0 ? 1.0f : 0.0f); });
  add("Square", [](float x, A) { return x * x; });
  add("Sqrt", [](float x, A) { return std::sqrt(x); });
  add("Rsqrt", [](float x, A) { return 1.0f / std::sqrt(x); });
  add("Reciprocal", [](float x, A) { return 1.0f / x; });
  add("Floor", [](float x, A) { return std::floor(x); });
  add("Ceil", [](float x, A) { return std::ceil(x); });
  // The default rounding mode is to nearest, ties to even: what tf.round asks for.
  add("Round", [](float x, A) { return std::nearbyint(x); });

  add("Exp", [](float x, A) { return std::exp(x); });
  add("Expm1", [](float x, A) { return std::expm1(x); });
  add("Log", [](float x, A) { return std::log(x); });
  add("Log1p", [](float x, A) { return std::log1p(x); });
  add("Erf", [](float x, A) { return std::erf(x); });
  add("Tanh", [](float x, A) { return std::tanh(x); });
  add("Sinh", [](float x, A) { return std::sinh(x); });
  add("Cosh", [](float x, A) { return std::cosh(x); });
  add("Sin", [](float x, A) { return std::sin(x); });
  add("Cos", [](float x, A) { return std::cos(x); });
  // In double: near its poles a float tangent misses the reference by more than a unit in the last place.
  add("Tan", [](float x, A) { return static_cast<float>(std::tan(static_cast<double>(x))); });
  add("Asin", [](float x, A) { return std::asin(x); });
  add("Acos", [](float x, A) { return std::acos(x); });
  add("Atan", [](float x, A) { return std::atan(x); });
  add("Asinh", [](float x, A) { return std::asinh(x); });
  add("Acosh", [](float x, A) { return std::acosh(x); });
  add("Atanh", [](float x, A) { return std::atanh(x); });

  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  test("IsNan", [](float x, A) { return static_cast<uint8_t>(x != x); });
  test("IsInf", [](float x, A) { return static_cast<uint8_t>(std::fabs(x) == kInfinity); });
  test("IsFinite", [](float x, A) { return static_cast<uint8_t>(std::fabs(x) < kInfinity); });
  test("NotZero", [](float x, A) { return static_cast<uint8_t>(x != 0); });
  exports.Set("unary", table);
}

}  // namespace ccnet
