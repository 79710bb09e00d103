#pragma once
#include <napi.h>

#include <cstdint>
#include <string>
#include <vector>

namespace ccnet {

/// Elements of a typed array that JavaScript owns; valid until the call returns.
template <class T>
struct Span {
  T* data;
  size_t size;
};

/// A value that JavaScript passes, which is checked where it is read: the one border between what JavaScript
/// says and what C++ relies on. All methods throw std::invalid_argument that names the value and says what is
/// wanted. Values are not converted, so that none of them runs JavaScript; Field may, through a getter.
class Argument {
 public:
  /// Argument `index` of a call; `name` as an error calls it: "step: the height".
  Argument(const Napi::CallbackInfo& info, size_t index, std::string name)
      : value_(info[index]), name_(std::move(name)) {}

  /// Whether it is neither missing, undefined nor null.
  bool Given() const { return !value_.IsUndefined() && !value_.IsNull(); }

  /// A finite number.
  double Number() const;
  double Number(double least, double most) const;
  int64_t Integer(int64_t least, int64_t most) const;
  bool Flag() const;
  std::string Text() const;
  /// The elements of a Float32Array, Float64Array, Int32Array or Uint8Array, and exactly so many of them.
  Span<float> Floats() const;
  float* Floats(size_t length) const;
  double* Doubles(size_t length) const;
  int32_t* Integers(size_t length) const;
  Span<uint8_t> Bytes() const;
  uint8_t* Bytes(size_t length) const;
  /// The elements of an array.
  std::vector<Argument> Items(uint32_t most) const;
  /// A property of an object.
  Argument Field(const char* key) const;

  Napi::Value Value() const { return value_; }

 private:
  Argument(Napi::Value value, std::string name) : value_(value), name_(std::move(name)) {}
  [[noreturn]] void Reject(const std::string& wanted) const;
  template <class T>
  Span<T> Elements(napi_typedarray_type type, const char* wanted) const;
  template <class T>
  T* Exactly(const Span<T>& span, size_t length) const;

  Napi::Value value_;
  std::string name_;
};

}  // namespace ccnet
