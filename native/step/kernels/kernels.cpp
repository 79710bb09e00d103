#include "step/kernels/kernels.h"

#include <cstring>

#include "common/cpu_features.h"

namespace ccnet::step {

const Kernels* KernelsByName(const char* name) {
  if (std::strcmp(name, "baseline") == 0) return &kBaselineKernels;
#if defined(__x86_64__) || defined(_M_X64)
  const InstructionSet best = BestInstructionSet();
  if (std::strcmp(name, "avx2") == 0 && best >= InstructionSet::kAvx2) return &kAvx2Kernels;
  if (std::strcmp(name, "avx512") == 0 && best >= InstructionSet::kAvx512) return &kAvx512Kernels;
#endif
  return nullptr;
}

const Kernels& BestKernels() { return *KernelsByName(InstructionSetName(BestInstructionSet())); }

}  // namespace ccnet::step
