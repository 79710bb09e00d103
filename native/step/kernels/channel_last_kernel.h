#pragma once
#include "step/kernels/kernels.h"

namespace ccnet::step {

/// Sixteen (or fewer) channels of a row, planar, to rows in which a pixel's 16 channels lie side by side.
template <class V>
void ToChannelLast(const float* x, int64_t stride, int channels, float* rows, int64_t width) {
  constexpr int kSize = V::kSize;
  for (int64_t column = 0; column < width; column += kSize) {
    for (int c = 0; c < Layout::kLane; c += kSize) {
      V values[kSize];
#pragma GCC unroll 16
      for (int i = 0; i < kSize; ++i)
        values[i] = c + i < channels ? V::Load(x + (c + i) * stride + column) : V::Zero();
      Transpose(values);
#pragma GCC unroll 16
      for (int i = 0; i < kSize; ++i) values[i].Store(rows + (column + i) * Layout::kLane + c);
    }
  }
}

/// And back, adding to what is there on request.
template <class V>
void FromChannelLast(const float* rows, float* y, int64_t stride, int channels, int64_t width,
                     bool accumulate) {
  constexpr int kSize = V::kSize;
  for (int64_t column = 0; column < width; column += kSize) {
    for (int c = 0; c < channels; c += kSize) {
      V values[kSize];
#pragma GCC unroll 16
      for (int i = 0; i < kSize; ++i) values[i] = V::Load(rows + (column + i) * Layout::kLane + c);
      Transpose(values);
      for (int i = 0; i < kSize && c + i < channels; ++i) {
        float* out = y + (c + i) * stride + column;
        const V value = accumulate ? values[i] + V::Load(out) : values[i];
        value.StoreFirst(out, width - column);
      }
    }
  }
}

}  // namespace ccnet::step
