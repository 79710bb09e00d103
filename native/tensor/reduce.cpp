// reduce.<dtype>.<Op>(x, y, outer, reduce, inner): x is [outer, reduce, inner], y is [outer, inner].
#include "tensor/reduce.h"

#include <limits>

#include "tensor/registration.h"
#include "tensor/typed_array_args.h"

namespace ccnet {
namespace {

struct FloatSum {
  using Element = float;
  using Joined = double;
  static float Start() { return 0; }
  static float Step(float a, float b) { return a + b; }
  static double Join(double a, double b) { return a + b; }
};

struct FloatProd {
  using Element = float;
  using Joined = double;
  static float Start() { return 1; }
  static float Step(float a, float b) { return a * b; }
  static double Join(double a, double b) { return a * b; }
};

// Once NaN, always NaN: the comparison keeps a NaN accumulator and lets a NaN element in.
struct FloatMax {
  using Element = float;
  using Joined = float;
  static float Start() { return -std::numeric_limits<float>::infinity(); }
  static float Step(float a, float b) { return b > a || b != b ? b : a; }
  static float Join(float a, float b) { return Step(a, b); }
};

struct FloatMin {
  using Element = float;
  using Joined = float;
  static float Start() { return std::numeric_limits<float>::infinity(); }
  static float Step(float a, float b) { return b < a || b != b ? b : a; }
  static float Join(float a, float b) { return Step(a, b); }
};

struct IntSum {
  using Element = int32_t;
  using Joined = int32_t;
  static int32_t Start() { return 0; }
  // Wraps as an Int32Array does.
  static int32_t Step(int32_t a, int32_t b) {
    return static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b));
  }
  static int32_t Join(int32_t a, int32_t b) { return Step(a, b); }
};

struct IntProd {
  using Element = int32_t;
  using Joined = int32_t;
  static int32_t Start() { return 1; }
  static int32_t Step(int32_t a, int32_t b) {
    return static_cast<int32_t>(static_cast<uint32_t>(a) * static_cast<uint32_t>(b));
  }
  static int32_t Join(int32_t a, int32_t b) { return Step(a, b); }
};

struct IntMax {
  using Element = int32_t;
  using Joined = int32_t;
  static int32_t Start() { return std::numeric_limits<int32_t>::min(); }
  static int32_t Step(int32_t a, int32_t b) { return b > a ? b : a; }
  static int32_t Join(int32_t a, int32_t b) { return Step(a, b); }
};

struct IntMin {
  using Element = int32_t;
  using Joined = int32_t;
  static int32_t Start() { return std::numeric_limits<int32_t>::max(); }
  static int32_t Step(int32_t a, int32_t b) { return b < a ? b : a; }
  static int32_t Join(int32_t a, int32_t b) { return Step(a, b); }
};

struct BoolAny {
  using Element = uint8_t;
  using Joined = uint8_t;
  static uint8_t Start() { return 0; }
  static uint8_t Step(uint8_t a, uint8_t b) { return a | (b != 0); }
  static uint8_t Join(uint8_t a, uint8_t b) { return Step(a, b); }
};

struct BoolAll {
  using Element = uint8_t;
  using Joined = uint8_t;
  static uint8_t Start() { return 1; }
  static uint8_t Step(uint8_t a, uint8_t b) { return a & (b != 0); }
  static uint8_t Join(uint8_t a, uint8_t b) { return Step(a, b); }
};

template <class Op>
void Add(Napi::Env env, Napi::Object table, const char* name) {
  table.Set(name, Napi::Function::New(env, [](const Napi::CallbackInfo& info) {
              using T = typename Op::Element;
              const Span<T> x = Elements<T>(info, 0), y = Elements<T>(info, 1);
              const int64_t outer = Integer(info, 2), reduce = Integer(info, 3), inner = Integer(info, 4);
              Require(info, outer > 0 && reduce > 0 && inner > 0, "reduce: every extent must be positive");
              Require(info, x.size == outer * reduce * inner && y.size == outer * inner,
                      "reduce: sizes disagree");
              Reduction<Op>(outer, reduce, inner).Run(x.data, y.data);
            }));
}

}  // namespace

void RegisterReduce(Napi::Env env, Napi::Object exports) {
  Napi::Object floats = Napi::Object::New(env), ints = Napi::Object::New(env), bools = Napi::Object::New(env);
  Add<FloatSum>(env, floats, "Sum");
  Add<FloatProd>(env, floats, "Prod");
  Add<FloatMax>(env, floats, "Max");
  Add<FloatMin>(env, floats, "Min");
  Add<IntSum>(env, ints, "Sum");
  Add<IntProd>(env, ints, "Prod");
  Add<IntMax>(env, ints, "Max");
  Add<IntMin>(env, ints, "Min");
  Add<BoolAny>(env, bools, "Any");
  Add<BoolAll>(env, bools, "All");
  Napi::Object table = Napi::Object::New(env);
  table.Set("float32", floats);
  table.Set("int32", ints);
  table.Set("bool", bools);
  exports.Set("reduce", table);
}

}  // namespace ccnet
