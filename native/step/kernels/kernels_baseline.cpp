#include "step/kernels/kernel_set.h"
#include "step/kernels/vec_baseline.h"

namespace ccnet::step {

const Kernels kBaselineKernels = MakeKernels<VecBaseline>("baseline");

}  // namespace ccnet::step
