#pragma once

#include "step/kernels/kernels.h"

namespace ccnet::step {

// Register blocking: kOutputs gradients by kInputs shifted inputs, each product a vector of partial sums.
template <class V, int kOutputs, int kInputs>
void FilterBlock(const FilterTile& t, int first) {
  V sums[kOutputs][kInputs];
  const float* x[kInputs];
#pragma GCC unroll 9
  for (int j = 0; j < kInputs; ++j) {
    x[j] = t.inputs[first + j];
#pragma GCC unroll 4
    for (int o = 0; o < kOutputs; ++o) sums[o][j] = V::Zero();
  }
  for (int64_t p = t.begin; p < t.end; p += V::kSize) {
    V g[kOutputs];
#pragma GCC unroll 4
    for (int o = 0; o < kOutputs; ++o) g[o] = V::Load(t.gradient + o * t.stride + p);
#pragma GCC unroll 9
    for (int j = 0; j < kInputs; ++j) {
      const V value = V::Load(x[j] + p);
#pragma GCC unroll 4
      for (int o = 0; o < kOutputs; ++o) sums[o][j] = Fma(g[o], value, sums[o][j]);
    }
  }
#pragma GCC unroll 4
  for (int o = 0; o < kOutputs; ++o) {
#pragma GCC unroll 9
    for (int j = 0; j < kInputs; ++j) {
      float& sum = t.sums[o * t.sumsStride + first + j];
      sum = (t.accumulate ? sum : 0.0f) + sums[o][j].Sum();
    }
  }
}

template <class V, int kOutputs, int kInputs>
void FilterBlocks(const FilterTile& t, int& first, int count, int size) {
  if (size == kInputs) {
    for (int i = 0; i < count; ++i, first += kInputs) FilterBlock<V, kOutputs, kInputs>(t, first);
  } else if constexpr (kInputs > 1) {
    FilterBlocks<V, kOutputs, kInputs - 1>(t, first, count, size);
  }
}

template <class V, int kOutputs>
void FilterRange(const FilterTile& t) {
  constexpr int kMax = V::kRegisters == 32 ? (kOutputs < 4 ? 9 : 6) : (kOutputs == 1 ? 9 : 12 / kOutputs);
  const int blocks = (t.count + kMax - 1) / kMax;
  const int size = t.count / blocks, larger = t.count % blocks;
  int first = 0;
  FilterBlocks<V, kOutputs, kMax>(t, first, larger, size + 1);
  FilterBlocks<V, kOutputs, kMax>(t, first, blocks - larger, size);
}

template <class V>
void FilterGradient(const FilterTile& t) {
  switch (t.outputs) {
    case 1:
      return FilterRange<V, 1>(t);
    case 2:
      return FilterRange<V, 2>(t);
    case 3:
      return FilterRange<V, 3>(t);
    default:
      return FilterRange<V, 4>(t);
  }
}

}  // namespace ccnet::step
