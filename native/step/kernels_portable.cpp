#include "kernel_set.h"
#include "vec_portable.h"

namespace ccnet::step {

const Kernels kPortableKernels = MakeKernels<VecPortable>("portable");

}  // namespace ccnet::step
