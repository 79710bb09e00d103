#pragma once
#include <napi.h>

#include <cstdint>
#include <initializer_list>

namespace ccnet {

/// Product of sizes. Throws a JavaScript RangeError when one is negative or the product beyond 2^40.
int64_t Product(Napi::Env env, const char* function, std::initializer_list<int64_t> sizes);

/// The floats of argument `index`, a Float32Array of exactly `length` elements. Throws a JavaScript TypeError
/// or RangeError that names the function and the argument. Valid for the duration of the call.
float* FloatsArgument(const Napi::CallbackInfo& info, const char* function, size_t index, const char* name,
                      int64_t length);

/// As FloatsArgument, but null for null and undefined.
float* OptionalFloatsArgument(const Napi::CallbackInfo& info, const char* function, size_t index,
                              const char* name, int64_t length);

/// Copies argument `index`, an Int32Array of exactly `count` elements, into `out`.
void IntegersArgument(const Napi::CallbackInfo& info, const char* function, size_t index, const char* name,
                      size_t count, int64_t* out);

/// Argument `index`, a number.
double NumberArgument(const Napi::CallbackInfo& info, const char* function, size_t index, const char* name);

}  // namespace ccnet
