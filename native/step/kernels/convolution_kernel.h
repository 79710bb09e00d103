#pragma once

#include "step/kernels/kernels.h"

namespace ccnet::step {

// Register blocking: kOutputs output channels by kVectors vectors of positions stay in registers over all
// input channels and taps; each loaded vector of positions is used kOutputs times, each broadcast weight
// kVectors times.
template <class V>
constexpr int MaxVectors(int outputs) {
  return V::kRegisters == 32 ? (outputs == 1   ? 12
                                : outputs == 2 ? 12
                                : outputs == 3 ? 8
                                               : 6)
                             : (outputs == 1   ? 8
                                : outputs == 2 ? 5
                                : outputs == 3 ? 3
                                               : 2);
}

template <class V, int kOutputs, int kVectors>
void ConvolutionBlock(const ConvolutionTile& t, int64_t p) {
  V sums[kOutputs][kVectors];
#pragma GCC unroll 4
  for (int o = 0; o < kOutputs; ++o) {
#pragma GCC unroll 12
    for (int v = 0; v < kVectors; ++v) {
      sums[o][v] = t.accumulate ? V::Load(t.output + o * t.outputStride + p + v * V::kSize) : V::Zero();
    }
  }
  const float* weights = t.weights;
  for (int i = 0; i < t.inputs; ++i) {
    const float* channel = t.input + i * t.stride + p;
    for (int k = 0; k < t.taps; ++k, weights += kOutputs) {
      const float* x = channel + t.offsets[k];
      V w[kOutputs];
#pragma GCC unroll 4
      for (int o = 0; o < kOutputs; ++o) w[o] = V::Set(weights[o]);
#pragma GCC unroll 12
      for (int v = 0; v < kVectors; ++v) {
        const V value = V::Load(x + v * V::kSize);
#pragma GCC unroll 4
        for (int o = 0; o < kOutputs; ++o) sums[o][v] = Fma(w[o], value, sums[o][v]);
      }
    }
  }
#pragma GCC unroll 4
  for (int o = 0; o < kOutputs; ++o) {
    const V bias = t.bias ? V::Set(t.bias[o]) : V::Zero();
#pragma GCC unroll 12
    for (int v = 0; v < kVectors; ++v) {
      const int64_t position = p + v * V::kSize;
      V y = sums[o][v] + bias;
      if (t.relu) y = Max(y, V::Zero());
      if (t.mask) y = y.Keep(V::LoadMask(t.mask, position));
      y.Store(t.output + o * t.outputStride + position);
    }
  }
}

template <class V, int kOutputs, int kVectors>
void ConvolutionBlocks(const ConvolutionTile& t, int64_t& p, int64_t count, int vectors) {
  if (vectors == kVectors) {
    for (int64_t i = 0; i < count; ++i, p += kVectors * V::kSize)
      ConvolutionBlock<V, kOutputs, kVectors>(t, p);
  } else if constexpr (kVectors > 1) {
    ConvolutionBlocks<V, kOutputs, kVectors - 1>(t, p, count, vectors);
  }
}

// Splits the range into equally large blocks rather than full ones and a remainder of short, latency-bound
// ones.
template <class V, int kOutputs>
void ConvolutionRange(const ConvolutionTile& t) {
  constexpr int kMax = MaxVectors<V>(kOutputs);
  const int64_t vectors = (t.end - t.begin) / V::kSize;
  if (vectors == 0) return;
  const int64_t blocks = (vectors + kMax - 1) / kMax;
  const int size = static_cast<int>(vectors / blocks);
  const int64_t larger = vectors % blocks;
  int64_t p = t.begin;
  ConvolutionBlocks<V, kOutputs, kMax>(t, p, larger, size + 1);
  ConvolutionBlocks<V, kOutputs, kMax>(t, p, blocks - larger, size);
}

template <class V>
void Convolution(const ConvolutionTile& t) {
  switch (t.outputs) {
    case 1:
      return ConvolutionRange<V, 1>(t);
    case 2:
      return ConvolutionRange<V, 2>(t);
    case 3:
      return ConvolutionRange<V, 3>(t);
    default:
      return ConvolutionRange<V, 4>(t);
  }
}

}  // namespace ccnet::step
