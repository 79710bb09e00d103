#pragma once
#include "step/kernels/kernels.h"

namespace ccnet::step {

// Reductions keep four vectors of partial sums: one would wait for the previous addition.
template <class V>
float Sum(const float* x, int64_t count) {
  V sums[4] = {V::Zero(), V::Zero(), V::Zero(), V::Zero()};
  for (int64_t p = 0; p < count; p += Layout::kLane) {
    for (int v = 0; v < Layout::kLane / V::kSize; ++v) {
      V& sum = sums[(p / Layout::kLane + v) & 3];
      sum = sum + V::Load(x + p + v * V::kSize);
    }
  }
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])).Sum();
}

template <class V>
float Squares(const float* x, float mean, const uint16_t* mask, int64_t begin, int64_t end) {
  V sums[2] = {V::Zero(), V::Zero()};
  const V m = V::Set(mean);
  const auto add = [&](V& sum, int64_t p) {
    const V d = (V::Load(x + p) - m).Keep(V::LoadMask(mask, p));
    sum = Fma(d, d, sum);
  };
  int64_t p = begin;
  for (; p + 2 * V::kSize <= end; p += 2 * V::kSize) {
    add(sums[0], p);
    add(sums[1], p + V::kSize);
  }
  if (p < end) add(sums[0], p);
  return (sums[0] + sums[1]).Sum();
}

template <class V>
void RowMoments(const float* x, int64_t pitch, int64_t width, int rows, float moments[2]) {
  V sums[2] = {V::Zero(), V::Zero()};
  for (int r = 0; r < rows; ++r) {
    for (int64_t i = 0; i < width; i += V::kSize) {
      sums[r & 1] = sums[r & 1] + V::Load(x + r * pitch + i).Keep(V::First(width - i));
    }
  }
  moments[0] = (sums[0] + sums[1]).Sum();
  const V mean = V::Set(moments[0] / static_cast<float>(rows * width));
  V squares[2] = {V::Zero(), V::Zero()};
  for (int r = 0; r < rows; ++r) {
    for (int64_t i = 0; i < width; i += V::kSize) {
      const V d = (V::Load(x + r * pitch + i) - mean).Keep(V::First(width - i));
      squares[r & 1] = Fma(d, d, squares[r & 1]);
    }
  }
  moments[1] = (squares[0] + squares[1]).Sum();
}

template <class V>
void Normalize(const float* x, float* y, const BatchNormCoefficients& c, bool relu, const uint16_t* mask,
               int64_t begin, int64_t end) {
  const V scale = V::Set(c.scale), shift = V::Set(c.shift), zero = V::Zero();
  for (int64_t p = begin; p < end; p += V::kSize) {
    V value = Fma(V::Load(x + p), scale, shift);
    if (relu) value = Max(value, zero);
    value.Keep(V::LoadMask(mask, p)).Store(y + p);
  }
}

template <class V>
V BeforeRelu(V x, V dy, V scale, V shift, bool relu) {
  return relu ? dy.Keep(Fma(x, scale, shift).Positive()) : dy;
}

template <class V>
void NormalizeSums(const float* x, const float* dy, const BatchNormCoefficients& c, bool relu, int64_t begin,
                   int64_t end, float sums[2]) {
  const V scale = V::Set(c.scale), shift = V::Set(c.shift), mean = V::Set(c.mean);
  V sum[2] = {V::Zero(), V::Zero()}, product[2] = {V::Zero(), V::Zero()};
  const auto add = [&](int i, int64_t p) {
    const V value = V::Load(x + p);
    const V g = BeforeRelu(value, V::Load(dy + p), scale, shift, relu);
    sum[i] = sum[i] + g;
    product[i] = Fma(g, value - mean, product[i]);
  };
  int64_t p = begin;
  for (; p + 2 * V::kSize <= end; p += 2 * V::kSize) {
    add(0, p);
    add(1, p + V::kSize);
  }
  if (p < end) add(0, p);
  sums[0] = (sum[0] + sum[1]).Sum();
  sums[1] = (product[0] + product[1]).Sum();
}

template <class V>
void NormalizeGradient(const float* x, const float* dy, float* dx, const BatchNormCoefficients& c, bool relu,
                       bool accumulate, const uint16_t* mask, int64_t begin, int64_t end) {
  const V scale = V::Set(c.scale), shift = V::Set(c.shift), mean = V::Set(c.mean);
  const V average = V::Set(c.gradientMean), slope = V::Set(c.gradientSlope);
  for (int64_t p = begin; p < end; p += V::kSize) {
    const V value = V::Load(x + p);
    const V g = BeforeRelu(value, V::Load(dy + p), scale, shift, relu);
    V result = scale * (g - average - (value - mean) * slope);
    result = result.Keep(V::LoadMask(mask, p));
    if (accumulate) result = result + V::Load(dx + p);
    result.Store(dx + p);
  }
}

}  // namespace ccnet::step
