#pragma once
#include "kernels.h"

namespace ccnet {

/// Maximum of each window; NaN never wins, a window of nothing but NaN or padding gives minus infinity.
void MaxPool(const PoolGeometry& pool, const float* x, float* y);

/// dx of MaxPool: each window's gradient goes to its first maximum, found again from x.
void MaxPoolGradient(const PoolGeometry& pool, const float* dy, const float* x, float* dx);

/// Mean of the pixels of each window that lie inside the image.
void AveragePool(const PoolGeometry& pool, const float* x, float* y);

/// dx of AveragePool.
void AveragePoolGradient(const PoolGeometry& pool, const float* dy, float* dx);

}  // namespace ccnet
