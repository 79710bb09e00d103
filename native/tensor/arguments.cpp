#include "arguments.h"

#include <string>

namespace ccnet {
namespace {

[[noreturn]] void Reject(const Napi::CallbackInfo& info, const char* function, const char* name,
                         const std::string& wanted) {
  throw Napi::TypeError::New(info.Env(), std::string(function) + ": " + name + " must be " + wanted);
}

// info[index] of a missing argument is undefined.
bool IsTypedArray(const Napi::Value& value, napi_typedarray_type type) {
  return value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == type;
}

}  // namespace

int64_t Product(Napi::Env env, const char* function, std::initializer_list<int64_t> sizes) {
  constexpr int64_t kMost = int64_t{1} << 40;
  bool empty = false;
  for (const int64_t size : sizes) {
    if (size < 0) throw Napi::RangeError::New(env, std::string(function) + ": a size is negative");
    empty = empty || size == 0;
  }
  if (empty) return 0;
  int64_t product = 1;
  for (const int64_t size : sizes) {
    if (size > kMost / product)
      throw Napi::RangeError::New(env, std::string(function) + ": the tensor is too large");
    product *= size;
  }
  return product;
}

float* FloatsArgument(const Napi::CallbackInfo& info, const char* function, size_t index, const char* name,
                      int64_t length) {
  if (!IsTypedArray(info[index], napi_float32_array)) Reject(info, function, name, "a Float32Array");
  const auto array = info[index].As<Napi::Float32Array>();
  if (static_cast<int64_t>(array.ElementLength()) != length) {
    throw Napi::RangeError::New(info.Env(), std::string(function) + ": " + name + " has " +
                                                std::to_string(array.ElementLength()) +
                                                " elements, the geometry needs " + std::to_string(length));
  }
  return const_cast<float*>(array.Data());
}

float* OptionalFloatsArgument(const Napi::CallbackInfo& info, const char* function, size_t index,
                              const char* name, int64_t length) {
  if (info[index].IsNull() || info[index].IsUndefined()) return nullptr;
  return FloatsArgument(info, function, index, name, length);
}

void IntegersArgument(const Napi::CallbackInfo& info, const char* function, size_t index, const char* name,
                      size_t count, int64_t* out) {
  const std::string wanted = "an Int32Array of " + std::to_string(count) + " elements";
  if (!IsTypedArray(info[index], napi_int32_array)) Reject(info, function, name, wanted);
  const auto array = info[index].As<Napi::Int32Array>();
  if (array.ElementLength() != count) Reject(info, function, name, wanted);
  for (size_t i = 0; i < count; ++i) out[i] = array[i];
}

double NumberArgument(const Napi::CallbackInfo& info, const char* function, size_t index, const char* name) {
  if (!info[index].IsNumber()) Reject(info, function, name, "a number");
  return info[index].As<Napi::Number>().DoubleValue();
}

}  // namespace ccnet
