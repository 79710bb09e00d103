#pragma once
#include "kernels.h"
#include "vector_inner.h"

// Register-blocked tile of a matrix product. The accumulators fill the register file (14 x 2 vectors with
// AVX-512), so that every vector of B is used `Rows` times and every broadcast of A twice per load: the
// multiply-add units, not the loads, are the limit, and the chains are long enough to hide their latency of
// four or five cycles. The loop over depth is outermost and writes nothing; C is touched once per tile. One
// function per number of rows, so that the last tile of a block costs what it is worth.

namespace ccnet {
namespace {

constexpr int kLanes = CCNET_LANES;

template <int Rows, int Vectors, bool ColumnMajor>
static void Tile(int64_t depth, const float* a, int64_t stride, const float* b, float* const* c,
                 int64_t column, int64_t columns, bool accumulate) {
  Vector sum[Rows][Vectors];
  CCNET_UNROLL for (int r = 0; r < Rows; ++r) {
    CCNET_UNROLL for (int v = 0; v < Vectors; ++v) sum[r][v] = Vector{};
  }
  for (int64_t k = 0; k < depth; ++k) {
    Vector right[Vectors];
    CCNET_UNROLL for (int v = 0; v < Vectors; ++v) right[v] = Load(b + v * kLanes);
    CCNET_UNROLL for (int r = 0; r < Rows; ++r) {
      const float left = ColumnMajor ? a[r] : a[r * kPanelStride];
      CCNET_UNROLL for (int v = 0; v < Vectors; ++v) sum[r][v] += left * right[v];
    }
    a += ColumnMajor ? stride : 1;
    b += Vectors * kLanes;
  }
  if (columns == Vectors * kLanes) {
    CCNET_UNROLL for (int r = 0; r < Rows; ++r) {
      float* out = c[r] + column;
      CCNET_UNROLL for (int v = 0; v < Vectors; ++v) {
        Store(out + v * kLanes, accumulate ? Load(out + v * kLanes) + sum[r][v] : sum[r][v]);
      }
    }
    return;
  }
  for (int r = 0; r < Rows; ++r) {
    float row[Vectors * kLanes];
    for (int v = 0; v < Vectors; ++v) Store(row + v * kLanes, sum[r][v]);
    float* out = c[r] + column;
    for (int64_t j = 0; j < columns; ++j) out[j] = accumulate ? out[j] + row[j] : row[j];
  }
}

template <int Rows>
struct FillTiles {
  static void Into(Kernels& kernels) {
    kernels.rowMajor[0][Rows - 1] = Tile<Rows, 1, false>;
    kernels.rowMajor[1][Rows - 1] = Tile<Rows, 2, false>;
    kernels.columnMajor[0][Rows - 1] = Tile<Rows, 1, true>;
    kernels.columnMajor[1][Rows - 1] = Tile<Rows, 2, true>;
    FillTiles<Rows - 1>::Into(kernels);
  }
};

template <>
struct FillTiles<0> {
  static void Into(Kernels&) {}
};

static double MultiplyAddLoop(int64_t iterations) {
  constexpr int kChains = CCNET_LANES == 16 ? 24 : 12;
  Vector sum[kChains];
  CCNET_UNROLL for (int i = 0; i < kChains; ++i) sum[i] = Vector{} + static_cast<float>(i);
  const Vector decay = Vector{} + 0.5f, step = Vector{} + 1.0f;
  for (int64_t n = 0; n < iterations; ++n) {
    CCNET_UNROLL for (int i = 0; i < kChains; ++i) sum[i] = sum[i] * decay + step;
  }
  Vector total{};
  for (int i = 0; i < kChains; ++i) total += sum[i];
  float lanes[CCNET_LANES];
  Store(lanes, total);
  // Keeps the compiler from dropping the loop; the sum converges to a positive number.
  return lanes[0] < 0 ? 0.0 : 2.0 * kChains * CCNET_LANES * static_cast<double>(iterations);
}

}  // namespace
}  // namespace ccnet
