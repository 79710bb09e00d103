// Registers of 4 floats: 32 of them on arm64 (NEON), 16 on x86-64 (SSE2).
#define CCNET_LANES 4
#if defined(__aarch64__)
#define CCNET_TILE_ROWS 10
#else
#define CCNET_TILE_ROWS 6
#endif
#include "kernels_inner.h"

namespace ccnet {
const Kernels& BaselineKernels() {
  static const Kernels kernels = MakeKernels();
  return kernels;
}
}  // namespace ccnet
