#pragma once
#include <napi.h>

#include <exception>
#include <memory>
#include <vector>

#include "common/argument.h"

namespace ccnet {

/// Work off the main thread that a promise tells of. What Work throws rejects it, as RethrowToJavaScript
/// says.
class PromiseWorker : public Napi::AsyncWorker {
 public:
  /// Begins the work; the worker destroys itself when it is done.
  static Napi::Promise Start(std::unique_ptr<PromiseWorker> worker);

 protected:
  /// @param kept  arrays into which the work points: they live as long as it does
  PromiseWorker(Napi::Env env, const char* name, const std::vector<Argument>& kept);

  virtual void Work() = 0;
  /// On the main thread again.
  virtual Napi::Value Result() = 0;

 private:
  void Execute() final;
  void OnOK() final;
  void OnError(const Napi::Error& error) final { deferred_.Reject(error.Value()); }

  Napi::Promise::Deferred deferred_;
  Napi::ObjectReference kept_;
  std::exception_ptr failure_;
};

}  // namespace ccnet
