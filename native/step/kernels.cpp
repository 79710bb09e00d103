#include "kernels.h"

#include <cstring>

#include "cpu_support.h"

namespace ccnet::step {

const Kernels* KernelsByName(const char* name) {
  if (std::strcmp(name, "portable") == 0) return &kPortableKernels;
#if defined(__x86_64__) || defined(_M_X64)
  if (std::strcmp(name, "avx2") == 0 && HasAvx2()) return &kAvx2Kernels;
  if (std::strcmp(name, "avx512") == 0 && HasAvx512()) return &kAvx512Kernels;
#endif
  return nullptr;
}

const Kernels& BestKernels() {
  for (const char* name : {"avx512", "avx2"}) {
    if (const Kernels* kernels = KernelsByName(name)) return *kernels;
  }
  return kPortableKernels;
}

}  // namespace ccnet::step
