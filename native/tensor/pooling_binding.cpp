#include "arguments.h"
#include "convolution_binding.h"
#include "pooling.h"

namespace ccnet {
namespace {

PoolGeometry Geometry(const Napi::CallbackInfo& info, const char* function, size_t index) {
  int64_t v[14];
  IntegersArgument(info, function, index, "geometry", 14, v);
  const bool sizes = v[6] >= 1 && v[7] >= 1 && v[8] >= 1 && v[9] >= 1 && v[10] >= 1 && v[11] >= 1;
  if (!sizes || v[12] < 0 || v[13] < 0) {
    throw Napi::RangeError::New(info.Env(),
                                std::string(function) +
                                    ": window, strides and dilations must be at least 1, paddings at "
                                    "least 0");
  }
  return {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13]};
}

float* Input(const Napi::CallbackInfo& info, const char* function, const PoolGeometry& g, size_t index,
             const char* name) {
  const int64_t length = Product(info.Env(), function, {g.batch, g.inHeight, g.inWidth, g.channels});
  return FloatsArgument(info, function, index, name, length);
}

float* Output(const Napi::CallbackInfo& info, const char* function, const PoolGeometry& g, size_t index,
              const char* name) {
  const int64_t length = Product(info.Env(), function, {g.batch, g.outHeight, g.outWidth, g.channels});
  return FloatsArgument(info, function, index, name, length);
}

void Max(const Napi::CallbackInfo& info) {
  const char* name = "maxPool";
  const auto g = Geometry(info, name, 2);
  MaxPool(g, Input(info, name, g, 0, "x"), Output(info, name, g, 1, "y"));
}

void MaxGradient(const Napi::CallbackInfo& info) {
  const char* name = "maxPoolGradient";
  const auto g = Geometry(info, name, 3);
  MaxPoolGradient(g, Output(info, name, g, 0, "dy"), Input(info, name, g, 1, "x"),
                  Input(info, name, g, 2, "dx"));
}

void Average(const Napi::CallbackInfo& info) {
  const char* name = "averagePool";
  const auto g = Geometry(info, name, 2);
  AveragePool(g, Input(info, name, g, 0, "x"), Output(info, name, g, 1, "y"));
}

void AverageGradient(const Napi::CallbackInfo& info) {
  const char* name = "averagePoolGradient";
  const auto g = Geometry(info, name, 2);
  AveragePoolGradient(g, Output(info, name, g, 0, "dy"), Input(info, name, g, 1, "dx"));
}

}  // namespace

void RegisterPooling(Napi::Env env, Napi::Object exports) {
  exports.Set("maxPool", Napi::Function::New(env, Max));
  exports.Set("maxPoolGradient", Napi::Function::New(env, MaxGradient));
  exports.Set("averagePool", Napi::Function::New(env, Average));
  exports.Set("averagePoolGradient", Napi::Function::New(env, AverageGradient));
}

}  // namespace ccnet
