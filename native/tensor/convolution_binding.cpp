#include "convolution_binding.h"

#include "arguments.h"
#include "convolution.h"
#include "matmul.h"

namespace ccnet {
namespace {

ConvolutionGeometry Geometry(const Napi::CallbackInfo& info, const char* function) {
  int64_t v[15];
  IntegersArgument(info, function, 3, "geometry", 15, v);
  const bool sizes = v[7] >= 1 && v[8] >= 1 && v[9] >= 1 && v[10] >= 1 && v[11] >= 1 && v[12] >= 1;
  // Offsets of taps are kept in 32 bits.
  const int64_t most = int64_t{1} << 30;
  if (!sizes || v[7] * v[11] > most || v[8] * v[12] > most || v[13] < 0 || v[14] < 0 || v[13] > most ||
      v[14] > most) {
    throw Napi::RangeError::New(info.Env(),
                                std::string(function) +
                                    ": filter, strides and dilations must be at least 1, paddings at "
                                    "least 0, and a dilated filter at most 2^30 wide");
  }
  return {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14]};
}

struct Lengths {
  int64_t x, filter, y;
};

Lengths LengthsOf(const Napi::CallbackInfo& info, const char* function, const ConvolutionGeometry& g) {
  const Napi::Env env = info.Env();
  return {Product(env, function, {g.batch, g.inHeight, g.inWidth, g.inChannels}),
          Product(env, function, {g.filterHeight, g.filterWidth, g.inChannels, g.outChannels}),
          Product(env, function, {g.batch, g.outHeight, g.outWidth, g.outChannels})};
}

void Forward(const Napi::CallbackInfo& info) {
  const char* name = "conv2d";
  const auto g = Geometry(info, name);
  const auto lengths = LengthsOf(info, name, g);
  ConvolutionForward(g, FloatsArgument(info, name, 0, "x", lengths.x),
                     FloatsArgument(info, name, 1, "filter", lengths.filter),
                     FloatsArgument(info, name, 2, "y", lengths.y));
}

void InputGradient(const Napi::CallbackInfo& info) {
  const char* name = "conv2dInputGradient";
  const auto g = Geometry(info, name);
  const auto lengths = LengthsOf(info, name, g);
  ConvolutionInputGradient(g, FloatsArgument(info, name, 0, "dy", lengths.y),
                           FloatsArgument(info, name, 1, "filter", lengths.filter),
                           FloatsArgument(info, name, 2, "dx", lengths.x));
}

void FilterGradient(const Napi::CallbackInfo& info) {
  const char* name = "conv2dFilterGradient";
  const auto g = Geometry(info, name);
  const auto lengths = LengthsOf(info, name, g);
  ConvolutionFilterGradient(g, FloatsArgument(info, name, 0, "x", lengths.x),
                            FloatsArgument(info, name, 1, "dy", lengths.y),
                            FloatsArgument(info, name, 2, "dfilter", lengths.filter));
}

void Multiply(const Napi::CallbackInfo& info) {
  const char* name = "matMul";
  int64_t v[5];
  IntegersArgument(info, name, 3, "geometry", 5, v);
  const MatMulGeometry g{v[0], v[1], v[2], v[3], v[4], info[4].ToBoolean(), info[5].ToBoolean()};
  if (g.batchA != g.batchB && g.batchA != 1 && g.batchB != 1) {
    throw Napi::RangeError::New(info.Env(), "matMul: the batches must be equal, or one of them 1");
  }
  const Napi::Env env = info.Env();
  const int64_t batch = g.batchA == 1 ? g.batchB : g.batchA;
  const float* a = FloatsArgument(info, name, 0, "a", Product(env, name, {g.batchA, g.rows, g.depth}));
  const float* b = FloatsArgument(info, name, 1, "b", Product(env, name, {g.batchB, g.depth, g.columns}));
  float* out = FloatsArgument(info, name, 2, "out", Product(env, name, {batch, g.rows, g.columns}));
  if (batch > 0) MatMul(g, a, b, out);
}

}  // namespace

void RegisterConvolution(Napi::Env env, Napi::Object exports) {
  exports.Set("conv2d", Napi::Function::New(env, Forward));
  exports.Set("conv2dInputGradient", Napi::Function::New(env, InputGradient));
  exports.Set("conv2dFilterGradient", Napi::Function::New(env, FilterGradient));
  exports.Set("matMul", Napi::Function::New(env, Multiply));
  RegisterPooling(env, exports);
  RegisterBatchNorm(env, exports);
  RegisterInstructionSet(env, exports);
}

}  // namespace ccnet
