// 16 registers of 8 floats: 6 x 2 accumulators, two columns of B, one broadcast.
#define CCNET_LANES 8
#define CCNET_TILE_ROWS 6
#include "kernels_inner.h"

namespace ccnet {
const Kernels& Avx2Kernels() {
  static const Kernels kernels = MakeKernels();
  return kernels;
}
}  // namespace ccnet
