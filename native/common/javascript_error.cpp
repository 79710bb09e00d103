#include "common/javascript_error.h"

#include <exception>
#include <new>
#include <stdexcept>

namespace ccnet {
namespace {

template <class Error>
Error Coded(Napi::Env env, const char* code, const char* message) {
  Error error = Error::New(env, message);
  error.Value().Set("code", code);
  return error;
}

}  // namespace

void RethrowToJavaScript(Napi::Env env) { throw ToJavaScript(env, std::current_exception()); }

Napi::Error ToJavaScript(Napi::Env env, const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const Napi::Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return Coded<Napi::Error>(env, "OUT_OF_MEMORY", "There is not enough free memory for this.");
  } catch (const std::invalid_argument& error) {
    return Coded<Napi::TypeError>(env, "INVALID_ARGUMENT", error.what());
  } catch (const std::exception& error) {
    return Coded<Napi::Error>(env, "NATIVE_FAILURE", error.what());
  } catch (...) {
    return Coded<Napi::Error>(env, "NATIVE_FAILURE", "The native part of the program failed.");
  }
}

}  // namespace ccnet
