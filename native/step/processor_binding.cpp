#include <napi.h>

#include <vector>

#include "addon.h"
#include "common/argument.h"
#include "common/javascript_error.h"
#include "common/team.h"
#include "step/kernels/kernels.h"

namespace ccnet {
namespace {

Napi::Value GetInstructionSet(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), step::BestKernels().name);
}

// Weakest first.
Napi::Value GetInstructionSets(const Napi::CallbackInfo& info) {
  Napi::Array names = Napi::Array::New(info.Env());
  for (const char* name : {"baseline", "avx2", "avx512"}) {
    if (step::KernelsByName(name)) names.Set(names.Length(), name);
  }
  return names;
}

// Every thread runs the loop at the same time, as in a kernel that uses all cores.
Napi::Value MultiplyAddLoop(const Napi::CallbackInfo& info) {
  return Guarded(info.Env(), [&] {
    const int64_t iterations =
        Argument(info, 0, "multiplyAddLoop: the number of iterations").Integer(1, int64_t{1} << 40);
    std::vector<double> operations(static_cast<size_t>(ThreadCount()));
    ForTasks(ThreadCount(), [&](int64_t thread) {
      operations[static_cast<size_t>(thread)] = step::BestKernels().multiplyAdds(iterations);
    });
    double total = 0;
    for (const double count : operations) total += count;
    return Napi::Number::New(info.Env(), total);
  });
}

}  // namespace

void RegisterProcessor(Napi::Env env, Napi::Object exports) {
  exports.Set("instructionSet", Napi::Function::New(env, GetInstructionSet));
  exports.Set("instructionSets", Napi::Function::New(env, GetInstructionSets));
  exports.Set("multiplyAddLoop", Napi::Function::New(env, MultiplyAddLoop));
}

}  // namespace ccnet
