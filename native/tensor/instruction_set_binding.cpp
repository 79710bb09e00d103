#include <string>
#include <vector>

#include "arguments.h"
#include "convolution_binding.h"
#include "cpu_features.h"
#include "kernels.h"
#include "thread_pool.h"

namespace ccnet {
namespace {

constexpr InstructionSet kSets[] = {InstructionSet::kBaseline, InstructionSet::kAvx2,
                                    InstructionSet::kAvx512};

Napi::Value GetCurrent(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), InstructionSetName(CurrentInstructionSet()));
}

Napi::Value GetAvailable(const Napi::CallbackInfo& info) {
  Napi::Array names = Napi::Array::New(info.Env());
  for (const InstructionSet set : kSets) {
    if (set <= BestInstructionSet()) names.Set(names.Length(), InstructionSetName(set));
  }
  return names;
}

void Choose(const Napi::CallbackInfo& info) {
  const std::string name = info[0].ToString();
  for (const InstructionSet set : kSets) {
    if (name == InstructionSetName(set) && SetInstructionSet(set)) return;
  }
  throw Napi::RangeError::New(info.Env(), "setInstructionSet: this processor has no '" + name +
                                              "'; instructionSets() lists what it has");
}

// Every thread runs the loop at the same time, as in a kernel that uses all cores.
Napi::Value MultiplyAdd(const Napi::CallbackInfo& info) {
  const auto iterations = static_cast<int64_t>(NumberArgument(info, "multiplyAddLoop", 0, "iterations"));
  std::vector<double> operations(static_cast<size_t>(ThreadCount()));
  ParallelFor(ThreadCount(), 1, [&](int64_t thread, int64_t) {
    operations[static_cast<size_t>(thread)] = ActiveKernels().multiplyAddLoop(iterations);
  });
  double total = 0;
  for (const double count : operations) total += count;
  return Napi::Number::New(info.Env(), total);
}

}  // namespace

void RegisterInstructionSet(Napi::Env env, Napi::Object exports) {
  exports.Set("instructionSet", Napi::Function::New(env, GetCurrent));
  exports.Set("instructionSets", Napi::Function::New(env, GetAvailable));
  exports.Set("setInstructionSet", Napi::Function::New(env, Choose));
  exports.Set("multiplyAddLoop", Napi::Function::New(env, MultiplyAdd));
}

}  // namespace ccnet
