#include "addon.h"

#include <napi.h>

#include "common/argument.h"
#include "common/javascript_error.h"
#include "common/team.h"

namespace {

constexpr int kMostThreads = 4096;

Napi::Value GetThreadCount(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), ccnet::ThreadCount());
}

void PutThreadCount(const Napi::CallbackInfo& info) {
  ccnet::Guarded(info.Env(), [&] {
    const ccnet::Argument count(info, 0, "setThreadCount: the number of threads");
    ccnet::SetThreadCount(static_cast<int>(count.Integer(1, kMostThreads)));
  });
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("threadCount", Napi::Function::New(env, GetThreadCount));
  exports.Set("setThreadCount", Napi::Function::New(env, PutThreadCount));
  ccnet::RegisterComplexity(env, exports);
  ccnet::RegisterSegmentability(env, exports);
  ccnet::RegisterStep(env, exports);
  ccnet::RegisterProcessor(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(ccnet, Init)
