#include "kernels.h"

#include "cpu_features.h"

namespace ccnet {

const Kernels& ActiveKernels() {
#if defined(__x86_64__) || defined(_M_X64)
  switch (CurrentInstructionSet()) {
    case InstructionSet::kAvx512:
      return Avx512Kernels();
    case InstructionSet::kAvx2:
      return Avx2Kernels();
    case InstructionSet::kBaseline:
      break;
  }
#endif
  return BaselineKernels();
}

}  // namespace ccnet
