#include "addon.h"

#include <napi.h>

#include "thread_pool.h"

namespace {

Napi::Value GetThreadCount(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), ccnet::ThreadCount());
}

void PutThreadCount(const Napi::CallbackInfo& info) {
  const int count = info[0].As<Napi::Number>().Int32Value();
  if (count < 1)
    throw Napi::RangeError::New(info.Env(), "setThreadCount: the number of threads must be at least 1");
  ccnet::SetThreadCount(count);
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("threadCount", Napi::Function::New(env, GetThreadCount));
  exports.Set("setThreadCount", Napi::Function::New(env, PutThreadCount));
  ccnet::RegisterComplexity(env, exports);
  ccnet::RegisterStep(env, exports);
  ccnet::RegisterProcessor(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(ccnet, Init)
