// 32 registers of 16 floats: 14 x 2 accumulators, two columns of B, and operands broadcast from memory.
#define CCNET_LANES 16
#define CCNET_TILE_ROWS 14
#include "kernels_inner.h"

namespace ccnet {
const Kernels& Avx512Kernels() {
  static const Kernels kernels = MakeKernels();
  return kernels;
}
}  // namespace ccnet
