#include "matmul.h"

#include <algorithm>
#include <vector>

#include "multiply_windows.h"
#include "reduce_windows.h"
#include "thread_pool.h"

namespace ccnet {
namespace {

// A matrix of `pixels` x `channels` as windows of one pixel.
Windows MatrixWindows(const float* matrix, int64_t pixels, int64_t channels) {
  Windows windows{};
  windows.source = matrix;
  windows.height = windows.gridHeight = windows.strideHeight = windows.strideWidth = 1;
  windows.width = windows.gridWidth = pixels;
  windows.channels = channels;
  return windows;
}

void MatMulOne(const MatMulGeometry& g, const float* a, const float* b, float* out) {
  const std::vector<Tap> tap{{0, 0, 0}};
  if (g.transposeA) {
    ReduceWindows(MatrixWindows(a, g.depth, g.rows), tap, 1, {b, g.columns, g.transposeB}, out);
  } else {
    MultiplyWindows(MatrixWindows(a, g.rows, g.depth), tap, 1, {b, g.columns, g.transposeB},
                    {out, 1, g.rows, 1, 1, 0, 0});
  }
}

}  // namespace

void MatMul(const MatMulGeometry& g, const float* a, const float* b, float* out) {
  const int64_t batch = std::max(g.batchA, g.batchB);
  const auto products = [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      MatMulOne(g, a + i % g.batchA * g.rows * g.depth, b + i % g.batchB * g.depth * g.columns,
                out + i * g.rows * g.columns);
    }
  };
  // Few products are each divided among the cores, many are dealt out whole.
  if (batch < 16) return products(0, batch);
  ParallelFor(batch, 1, products);
}

}  // namespace ccnet
