#include "pooling.h"

#include <algorithm>

#include "thread_pool.h"

namespace ccnet {
namespace {

constexpr int64_t kGrainFloats = 16384;

// Calls body(image, row) for every output row, in parallel.
template <typename Body>
void ForEachOutputRow(const PoolGeometry& p, Body body) {
  const int64_t floats = p.outWidth * p.channels * p.windowHeight * p.windowWidth;
  const int64_t grain = std::max<int64_t>(1, kGrainFloats / std::max<int64_t>(1, floats));
  ParallelFor(p.batch * p.outHeight, grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) body(i / p.outHeight, i % p.outHeight);
  });
}

// Gradients are added to dx. Rows of windows that share no input row may do so at the same time; overlapping
// ones of one image are walked by one thread, in order.
template <typename Body>
void ScatterRows(const PoolGeometry& p, float* dx, Body body) {
  ParallelFor(p.batch * p.inHeight * p.inWidth * p.channels, kGrainFloats,
              [&](int64_t begin, int64_t end) { std::fill(dx + begin, dx + end, 0.0f); });
  if ((p.windowHeight - 1) * p.dilationHeight + 1 <= p.strideHeight) return ForEachOutputRow(p, body);
  ParallelFor(p.batch, 1, [&](int64_t image, int64_t) {
    for (int64_t row = 0; row < p.outHeight; ++row) body(image, row);
  });
}

}  // namespace

void MaxPool(const PoolGeometry& p, const float* x, float* y) {
  const Kernels& kernels = ActiveKernels();
  ForEachOutputRow(p, [&](int64_t image, int64_t row) { kernels.maxPoolRow(p, x, y, image, row); });
}

void MaxPoolGradient(const PoolGeometry& p, const float* dy, const float* x, float* dx) {
  const Kernels& kernels = ActiveKernels();
  ScatterRows(p, dx,
              [&](int64_t image, int64_t row) { kernels.maxPoolGradientRow(p, dy, x, dx, image, row); });
}

void AveragePool(const PoolGeometry& p, const float* x, float* y) {
  const Kernels& kernels = ActiveKernels();
  ForEachOutputRow(p, [&](int64_t image, int64_t row) { kernels.averagePoolRow(p, x, y, image, row); });
}

void AveragePoolGradient(const PoolGeometry& p, const float* dy, float* dx) {
  const Kernels& kernels = ActiveKernels();
  ScatterRows(p, dx,
              [&](int64_t image, int64_t row) { kernels.averagePoolGradientRow(p, dy, dx, image, row); });
}

}  // namespace ccnet
