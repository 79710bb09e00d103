#pragma once
#include "batch_norm_inner.h"
#include "kernels.h"
#include "pack_inner.h"
#include "pool_inner.h"
#include "tile_inner.h"

// Gathers the inner loops of one instruction set; the including file defines CCNET_LANES and CCNET_TILE_ROWS.

namespace ccnet {
namespace {

static Kernels MakeKernels() {
  Kernels kernels{};
  kernels.lanes = CCNET_LANES;
  kernels.tileRows = CCNET_TILE_ROWS;
  FillTiles<CCNET_TILE_ROWS>::Into(kernels);
  kernels.packWindows = PackWindows;
  kernels.packColumns = PackColumns;
  kernels.packTransposed = PackTransposed;
  kernels.maxPoolRow = MaxPoolRow;
  kernels.maxPoolGradientRow = MaxPoolGradientRow;
  kernels.averagePoolRow = AveragePoolRow;
  kernels.averagePoolGradientRow = AveragePoolGradientRow;
  kernels.sumPeriod = SumPeriod;
  kernels.squarePeriod = SquarePeriod;
  kernels.normalizePeriod = NormalizePeriod;
  kernels.gradientSumsPeriod = GradientSumsPeriod;
  kernels.gradientPeriod = GradientPeriod;
  kernels.multiplyAddLoop = MultiplyAddLoop;
  return kernels;
}

}  // namespace
}  // namespace ccnet
