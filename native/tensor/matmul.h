#pragma once
#include <cstdint>

namespace ccnet {

/// Batched product of row-major matrices: out[b] is rows x columns, the inner dimension is `depth`. a[b] is
/// rows x depth, or depth x rows when transposeA; b likewise. A batch of one matrix is used for every b.
struct MatMulGeometry {
  int64_t batchA, batchB, rows, depth, columns;
  bool transposeA, transposeB;
};

/// A matrix is an image one pixel high: a plain left factor is a 1x1 convolution, a transposed one the filter
/// gradient of a 1x1 convolution, so both share the convolutions' packing and tiles.
void MatMul(const MatMulGeometry& g, const float* a, const float* b, float* out);

}  // namespace ccnet
