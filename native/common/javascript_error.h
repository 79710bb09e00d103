#pragma once
#include <napi.h>

namespace ccnet {

/// Within a catch block: throws what was caught as a JavaScript error. Its `code` is OUT_OF_MEMORY for
/// std::bad_alloc, INVALID_ARGUMENT (a TypeError) for std::invalid_argument, NATIVE_FAILURE for anything
/// else; JavaScript's own errors stay what they are.
[[noreturn]] void RethrowToJavaScript(Napi::Env env);

/// The JavaScript error for an exception, as RethrowToJavaScript throws it.
Napi::Error ToJavaScript(Napi::Env env, const std::exception_ptr& exception);

/// The body of every function that JavaScript calls: nothing but a JavaScript error leaves it.
template <class Body>
auto Guarded(Napi::Env env, Body body) -> decltype(body()) {
  try {
    return body();
  } catch (...) {
    RethrowToJavaScript(env);
  }
}

}  // namespace ccnet
