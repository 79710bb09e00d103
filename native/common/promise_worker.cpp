#include "common/promise_worker.h"

#include "common/javascript_error.h"

namespace ccnet {

PromiseWorker::PromiseWorker(Napi::Env env, const char* name, const std::vector<Argument>& kept)
    : Napi::AsyncWorker(env, name), deferred_(Napi::Promise::Deferred::New(env)) {
  Napi::Array array = Napi::Array::New(env, kept.size());
  for (uint32_t i = 0; i < kept.size(); ++i) array.Set(i, kept[i].Value());
  kept_ = Napi::Persistent(array.As<Napi::Object>());
}

Napi::Promise PromiseWorker::Start(std::unique_ptr<PromiseWorker> worker) {
  const Napi::Promise promise = worker->deferred_.Promise();
  worker->Queue();
  worker.release();
  return promise;
}

void PromiseWorker::Execute() {
  try {
    Work();
  } catch (...) {
    failure_ = std::current_exception();
  }
}

void PromiseWorker::OnOK() {
  if (failure_) return deferred_.Reject(ToJavaScript(Env(), failure_).Value());
  try {
    deferred_.Resolve(Result());
  } catch (...) {
    deferred_.Reject(ToJavaScript(Env(), std::current_exception()).Value());
  }
}

}  // namespace ccnet
