#include "step/kernels/kernel_set.h"
#include "step/kernels/vec_avx512.h"

namespace ccnet::step {

const Kernels kAvx512Kernels = MakeKernels<VecAvx512>("avx512");

}  // namespace ccnet::step
