#include "tensor/typed_array_args.h"

#include <string>

namespace ccnet {
namespace {

RawSpan Read(const Napi::CallbackInfo& info, size_t index, napi_typedarray_type& type) {
  void* data = nullptr;
  size_t length = 0;
  const napi_value value = info[index];
  if (napi_get_typedarray_info(info.Env(), value, &type, &length, &data, nullptr, nullptr) != napi_ok) {
    throw Napi::TypeError::New(info.Env(), "argument " + std::to_string(index) + " must be a typed array");
  }
  const int bytes =
      type == napi_uint8_array || type == napi_int8_array || type == napi_uint8_clamped_array ? 1 : 4;
  return {static_cast<uint8_t*>(data), static_cast<int64_t>(length), bytes};
}

template <class T>
Span<T> Typed(const Napi::CallbackInfo& info, size_t index, napi_typedarray_type wanted, const char* name) {
  napi_typedarray_type type;
  const RawSpan raw = Read(info, index, type);
  if (type != wanted) {
    throw Napi::TypeError::New(info.Env(), "argument " + std::to_string(index) + " must be a " + name);
  }
  return {reinterpret_cast<T*>(raw.data), raw.size};
}

}  // namespace

Span<float> Floats(const Napi::CallbackInfo& info, size_t index) {
  return Typed<float>(info, index, napi_float32_array, "Float32Array");
}

Span<int32_t> Ints(const Napi::CallbackInfo& info, size_t index) {
  return Typed<int32_t>(info, index, napi_int32_array, "Int32Array");
}

Span<uint8_t> Bytes(const Napi::CallbackInfo& info, size_t index) {
  return Typed<uint8_t>(info, index, napi_uint8_array, "Uint8Array");
}

RawSpan Raw(const Napi::CallbackInfo& info, size_t index) {
  napi_typedarray_type type;
  const RawSpan raw = Read(info, index, type);
  if (type != napi_float32_array && type != napi_int32_array && type != napi_uint8_array) {
    throw Napi::TypeError::New(info.Env(), "argument " + std::to_string(index) +
                                               " must be a Float32Array, Int32Array or Uint8Array");
  }
  return raw;
}

int64_t Integer(const Napi::CallbackInfo& info, size_t index) {
  int64_t value = 0;
  if (napi_get_value_int64(info.Env(), info[index], &value) != napi_ok) {
    throw Napi::TypeError::New(info.Env(), "argument " + std::to_string(index) + " must be an integer");
  }
  return value;
}

float Number(const Napi::CallbackInfo& info, size_t index) {
  double value = 0;
  if (napi_get_value_double(info.Env(), info[index], &value) != napi_ok) {
    throw Napi::TypeError::New(info.Env(), "argument " + std::to_string(index) + " must be a number");
  }
  return static_cast<float>(value);
}

bool Flag(const Napi::CallbackInfo& info, size_t index) { return info[index].ToBoolean().Value(); }

void Require(const Napi::CallbackInfo& info, bool condition, const char* message) {
  if (!condition) throw Napi::RangeError::New(info.Env(), message);
}

}  // namespace ccnet
