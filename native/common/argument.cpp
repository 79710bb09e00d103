#include "common/argument.h"

#include <cmath>
#include <stdexcept>

namespace ccnet {
namespace {

// As JavaScript writes it: without decimals where it has none.
std::string Written(double value) {
  if (value == std::floor(value) && std::fabs(value) < 1e15)
    return std::to_string(static_cast<int64_t>(value));
  return std::to_string(value);
}

}  // namespace

void Argument::Reject(const std::string& wanted) const {
  std::string given;
  if (value_.IsNumber()) given = ", not " + Written(value_.As<Napi::Number>().DoubleValue());
  throw std::invalid_argument(name_ + " must be " + wanted + given + ".");
}

double Argument::Number() const {
  if (!value_.IsNumber() || !std::isfinite(value_.As<Napi::Number>().DoubleValue()))
    Reject("a finite number");
  return value_.As<Napi::Number>().DoubleValue();
}

double Argument::Number(double least, double most) const {
  const double value = Number();
  if (value < least || value > most) Reject("a number from " + Written(least) + " to " + Written(most));
  return value;
}

int64_t Argument::Integer(int64_t least, int64_t most) const {
  const auto reject = [&] {
    Reject("a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  };
  if (!value_.IsNumber()) reject();
  const double value = value_.As<Napi::Number>().DoubleValue();
  if (!(value >= static_cast<double>(least) && value <= static_cast<double>(most)) ||
      value != std::floor(value))
    reject();
  return static_cast<int64_t>(value);
}

bool Argument::Flag() const {
  if (!value_.IsBoolean()) Reject("true or false");
  return value_.As<Napi::Boolean>();
}

std::string Argument::Text() const {
  if (!value_.IsString()) Reject("a text");
  return value_.As<Napi::String>();
}

template <class T>
Span<T> Argument::Elements(napi_typedarray_type type, const char* wanted) const {
  if (!value_.IsTypedArray() || value_.As<Napi::TypedArray>().TypedArrayType() != type) Reject(wanted);
  Napi::TypedArrayOf<T> array = value_.As<Napi::TypedArrayOf<T>>();
  return {array.Data(), array.ElementLength()};
}

template <class T>
T* Argument::Exactly(const Span<T>& span, size_t length) const {
  if (span.size == length) return span.data;
  throw std::invalid_argument(name_ + " has " + std::to_string(span.size) + " elements, not " +
                              std::to_string(length) + ".");
}

Span<float> Argument::Floats() const { return Elements<float>(napi_float32_array, "a Float32Array"); }
float* Argument::Floats(size_t length) const { return Exactly(Floats(), length); }
double* Argument::Doubles(size_t length) const {
  return Exactly(Elements<double>(napi_float64_array, "a Float64Array"), length);
}
int32_t* Argument::Integers(size_t length) const {
  return Exactly(Elements<int32_t>(napi_int32_array, "an Int32Array"), length);
}
Span<uint8_t> Argument::Bytes() const { return Elements<uint8_t>(napi_uint8_array, "a Uint8Array"); }
uint8_t* Argument::Bytes(size_t length) const { return Exactly(Bytes(), length); }

std::vector<Argument> Argument::Items(uint32_t most) const {
  if (!value_.IsArray()) Reject("an array");
  const Napi::Array array = value_.As<Napi::Array>();
  const uint32_t length = array.Length();
  if (length > most) Reject("an array of at most " + std::to_string(most) + " elements");
  std::vector<Argument> items;
  for (uint32_t i = 0; i < length; ++i) {
    const Napi::Value item = array.Get(i);
    items.push_back({item, name_ + "[" + std::to_string(i) + "]"});
  }
  return items;
}

Argument Argument::Field(const char* key) const {
  if (!value_.IsObject()) Reject("an object");
  const Napi::Value field = value_.As<Napi::Object>().Get(key);
  return {field, name_ + "." + key};
}

}  // namespace ccnet
