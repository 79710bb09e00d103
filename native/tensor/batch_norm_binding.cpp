#include "arguments.h"
#include "batch_norm.h"
#include "convolution_binding.h"

namespace ccnet {
namespace {

// The tensor's length and the number of channels come from two of the arguments; every other length follows.
struct Shape {
  int64_t rows, channels;

  int64_t Length() const { return rows * channels; }
};

Shape ShapeOf(const Napi::CallbackInfo& info, const char* function, size_t tensor, size_t vector) {
  for (const size_t index : {tensor, vector}) {
    if (!info[index].IsTypedArray()) {
      throw Napi::TypeError::New(info.Env(), std::string(function) + ": argument " +
                                                 std::to_string(index + 1) + " must be a Float32Array");
    }
  }
  const auto length = static_cast<int64_t>(info[tensor].As<Napi::TypedArray>().ElementLength());
  const auto channels = static_cast<int64_t>(info[vector].As<Napi::TypedArray>().ElementLength());
  if (channels == 0 || length % channels != 0) {
    throw Napi::RangeError::New(
        info.Env(), std::string(function) + ": a tensor of " + std::to_string(length) +
                        " elements does not consist of rows of " + std::to_string(channels) + " channels");
  }
  return {length / channels, channels};
}

void Inference(const Napi::CallbackInfo& info) {
  const char* name = "batchNormInference";
  const Shape s = ShapeOf(info, name, 0, 1);
  const float* x = FloatsArgument(info, name, 0, "x", s.Length());
  const float* mean = FloatsArgument(info, name, 1, "mean", s.channels);
  const float* variance = FloatsArgument(info, name, 2, "variance", s.channels);
  const float* offset = OptionalFloatsArgument(info, name, 3, "offset", s.channels);
  const float* scale = OptionalFloatsArgument(info, name, 4, "scale", s.channels);
  const double epsilon = NumberArgument(info, name, 5, "epsilon");
  BatchNormInference(s.rows, s.channels, x, mean, variance, offset, scale, epsilon,
                     FloatsArgument(info, name, 6, "y", s.Length()));
}

void Training(const Napi::CallbackInfo& info) {
  const char* name = "batchNormTraining";
  const Shape s = ShapeOf(info, name, 0, 5);
  const float* x = FloatsArgument(info, name, 0, "x", s.Length());
  const float* offset = OptionalFloatsArgument(info, name, 1, "offset", s.channels);
  const float* scale = OptionalFloatsArgument(info, name, 2, "scale", s.channels);
  const double epsilon = NumberArgument(info, name, 3, "epsilon");
  float* y = FloatsArgument(info, name, 4, "y", s.Length());
  float* mean = FloatsArgument(info, name, 5, "mean", s.channels);
  BatchNormTraining(s.rows, s.channels, x, offset, scale, epsilon, y, mean,
                    FloatsArgument(info, name, 6, "variance", s.channels));
}

void Gradient(const Napi::CallbackInfo& info) {
  const char* name = "batchNormGradient";
  const Shape s = ShapeOf(info, name, 0, 2);
  const float* x = FloatsArgument(info, name, 0, "x", s.Length());
  const float* dy = FloatsArgument(info, name, 1, "dy", s.Length());
  const float* mean = FloatsArgument(info, name, 2, "mean", s.channels);
  const float* variance = FloatsArgument(info, name, 3, "variance", s.channels);
  const float* scale = OptionalFloatsArgument(info, name, 4, "scale", s.channels);
  const double epsilon = NumberArgument(info, name, 5, "epsilon");
  float* dx = FloatsArgument(info, name, 6, "dx", s.Length());
  float* dscale = FloatsArgument(info, name, 7, "dscale", s.channels);
  BatchNormGradient(s.rows, s.channels, x, dy, mean, variance, scale, epsilon, dx, dscale,
                    FloatsArgument(info, name, 8, "doffset", s.channels));
}

}  // namespace

void RegisterBatchNorm(Napi::Env env, Napi::Object exports) {
  exports.Set("batchNormInference", Napi::Function::New(env, Inference));
  exports.Set("batchNormTraining", Napi::Function::New(env, Training));
  exports.Set("batchNormGradient", Napi::Function::New(env, Gradient));
}

}  // namespace ccnet
