#pragma once
#include <napi.h>

#include <cstdint>

namespace ccnet {

/// Elements of a typed array that JavaScript owns; valid until the call returns.
template <class T>
struct Span {
  T* data;
  int64_t size;
};

/// Untyped elements of a typed array, for kernels that only move them.
struct RawSpan {
  uint8_t* data;
  int64_t size;
  int elementBytes;
};

/// Argument `index` as a Float32Array, Int32Array, Uint8Array, or any typed array. Throw a TypeError
/// otherwise.
Span<float> Floats(const Napi::CallbackInfo& info, size_t index);
Span<int32_t> Ints(const Napi::CallbackInfo& info, size_t index);
Span<uint8_t> Bytes(const Napi::CallbackInfo& info, size_t index);
RawSpan Raw(const Napi::CallbackInfo& info, size_t index);

/// Argument `index` as a number. Throw a TypeError when it is none.
int64_t Integer(const Napi::CallbackInfo& info, size_t index);
float Number(const Napi::CallbackInfo& info, size_t index);
bool Flag(const Napi::CallbackInfo& info, size_t index);

/// Throws a RangeError that carries `message` unless `condition` holds: the border between JavaScript and
/// memory.
void Require(const Napi::CallbackInfo& info, bool condition, const char* message);

template <class T>
Span<T> Elements(const Napi::CallbackInfo& info, size_t index);
template <>
inline Span<float> Elements<float>(const Napi::CallbackInfo& info, size_t index) {
  return Floats(info, index);
}
template <>
inline Span<int32_t> Elements<int32_t>(const Napi::CallbackInfo& info, size_t index) {
  return Ints(info, index);
}
template <>
inline Span<uint8_t> Elements<uint8_t>(const Napi::CallbackInfo& info, size_t index) {
  return Bytes(info, index);
}

}  // namespace ccnet
