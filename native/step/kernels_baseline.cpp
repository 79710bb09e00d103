#include "kernel_set.h"
#include "vec_baseline.h"

namespace ccnet::step {

const Kernels kBaselineKernels = MakeKernels<VecBaseline>("baseline");

}  // namespace ccnet::step
