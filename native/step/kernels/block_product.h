#pragma once
#include "step/kernels/kernels.h"

namespace ccnet::step {

// Register blocking: kRows rows by kBlocks blocks of 16 columns of C stay in registers over the depth.
template <class V>
constexpr int MaxProductRows(int blocks) {
  constexpr int kParts = Layout::kLane / V::kSize;
  const int sums = V::kRegisters == 32 ? 24 : 12;
  const int rows = sums / (kParts * blocks);
  return rows < 2 ? 2 : rows > Layout::kLane ? static_cast<int>(Layout::kLane) : rows;
}

/// Depth after which the sums are put down, so that the panel of B stays in the first-level cache.
constexpr int64_t kProductDepth = 128;

template <class V, int kRows, int kBlocks, bool kTransposed>
void ProductTile(const BlockProduct& t, int64_t row, int64_t block) {
  constexpr int64_t kLane = Layout::kLane;
  constexpr int kParts = kLane / V::kSize;
  constexpr int64_t kRowStep = kTransposed ? 1 : kLane, kDepthStep = kTransposed ? kLane : 1;
  V sums[kRows][kBlocks * kParts];
  float* c = t.c + block * t.cBlock + row * kLane;
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < kBlocks * kParts; ++v) {
      const float* from = c + v / kParts * t.cBlock + r * kLane + v % kParts * V::kSize;
      sums[r][v] = t.accumulate ? V::Load(from) : V::Zero();
    }
  }
  const float* a = kTransposed ? t.a + row / kLane * t.aBlock + row % kLane : t.a + row * kLane;
  const float* b = t.b + block * t.bBlock;
  for (int64_t k = 0; k < t.depth;) {
    const int64_t end = kTransposed || t.depth - k < kLane ? t.depth : k + kLane;
    for (; k < end; ++k, a += kDepthStep, b += kLane) {
      V values[kBlocks * kParts];
#pragma GCC unroll 4
      for (int v = 0; v < kBlocks * kParts; ++v)
        values[v] = V::Load(b + v / kParts * t.bBlock + v % kParts * V::kSize);
#pragma GCC unroll 16
      for (int r = 0; r < kRows; ++r) {
        const V factor = V::Set(a[r * kRowStep]);
#pragma GCC unroll 4
        for (int v = 0; v < kBlocks * kParts; ++v) sums[r][v] = Fma(factor, values[v], sums[r][v]);
      }
    }
    if (!kTransposed) a += t.aBlock - kLane;
  }
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < kBlocks * kParts; ++v)
      sums[r][v].Store(c + v / kParts * t.cBlock + r * kLane + v % kParts * V::kSize);
  }
}

template <class V, int kRows, int kBlocks, bool kTransposed>
void ProductTiles(const BlockProduct& t, int64_t& row, int64_t count, int64_t rows, int64_t block) {
  if (rows == kRows) {
    for (int64_t i = 0; i < count; ++i, row += kRows)
      ProductTile<V, kRows, kBlocks, kTransposed>(t, row, block);
  } else if constexpr (kRows > 1) {
    ProductTiles<V, kRows - 1, kBlocks, kTransposed>(t, row, count, rows, block);
  }
}

// Rows [row, end) in nearly equal tiles.
template <class V, int kBlocks, bool kTransposed>
void ProductRows(const BlockProduct& t, int64_t row, int64_t end, int64_t block) {
  constexpr int kMax = MaxProductRows<V>(kBlocks);
  const int64_t rows = end - row, tiles = (rows + kMax - 1) / kMax;
  if (rows <= 0) return;
  ProductTiles<V, kMax, kBlocks, kTransposed>(t, row, rows % tiles, rows / tiles + 1, block);
  ProductTiles<V, kMax, kBlocks, kTransposed>(t, row, tiles - rows % tiles, rows / tiles, block);
}

template <class V, int kBlocks, bool kTransposed>
void ProductPanels(const BlockProduct& t, int64_t& block) {
  for (; block + kBlocks <= t.blocks; block += kBlocks) {
    if constexpr (kTransposed) {
      // A tile's rows lie in one block of columns of A.
      for (int64_t row = 0; row < t.rows; row += Layout::kLane) {
        const int64_t end = t.rows < row + Layout::kLane ? t.rows : row + Layout::kLane;
        ProductRows<V, kBlocks, true>(t, row, end, block);
      }
    } else {
      ProductRows<V, kBlocks, false>(t, 0, t.rows, block);
    }
  }
}

template <class V, bool kTransposed>
void Product(const BlockProduct& whole) {
  constexpr bool kWide = Layout::kLane == V::kSize;
  for (int64_t k = 0; k < whole.depth; k += kProductDepth) {
    BlockProduct t = whole;
    t.depth = whole.depth - k < kProductDepth ? whole.depth - k : kProductDepth;
    t.a += kTransposed ? k * Layout::kLane : k / Layout::kLane * t.aBlock;
    t.b += k * Layout::kLane;
    t.accumulate = whole.accumulate || k > 0;
    int64_t block = 0;
    if constexpr (kWide) {
      ProductPanels<V, 4, kTransposed>(t, block);
      ProductPanels<V, 2, kTransposed>(t, block);
    }
    ProductPanels<V, 1, kTransposed>(t, block);
  }
}

}  // namespace ccnet::step
