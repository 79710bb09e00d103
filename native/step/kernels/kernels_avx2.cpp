#include "step/kernels/kernel_set.h"
#include "step/kernels/vec_avx2.h"

namespace ccnet::step {

const Kernels kAvx2Kernels = MakeKernels<VecAvx2>("avx2");

}  // namespace ccnet::step
