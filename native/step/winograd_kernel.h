#pragma once
#include "kernels.h"

namespace ccnet::step {

// Winograd's minimal filtering F(4, 3) along columns (Winograd 1980; Lavin & Gray 2016, arXiv 1509.09308),
// direct along rows: four rows of outputs of a 3x3 convolution cost 6 x 3 instead of 4 x 9 multiplications
// per value. In one direction only, all loads and stores stay contiguous, and the rounding error stays near
// that of the direct sum. Interpolation points 0, 1, -1, 2, -2, infinity.

// Components of six input rows d: B^T d.
template <class V>
void WinogradInput(const WinogradRows& t) {
  const V two = V::Set(2.0f), four = V::Set(4.0f), five = V::Set(5.0f);
  for (int64_t x = 0; x < t.pitch; x += V::kSize) {
    const float* in = t.rows + x;
    const V d0 = V::Load(in), d1 = V::Load(in + t.pitch), d2 = V::Load(in + 2 * t.pitch);
    const V d3 = V::Load(in + 3 * t.pitch), d4 = V::Load(in + 4 * t.pitch), d5 = V::Load(in + 5 * t.pitch);
    const V even = d4 - four * d2, odd = d3 - four * d1;
    const V outer = d4 - d2, inner = two * (d3 - d1);
    float* out = t.components + x;
    Fma(four, d0, d4 - five * d2).Store(out);
    (even + odd).Store(out + t.stride);
    (even - odd).Store(out + 2 * t.stride);
    (outer + inner).Store(out + 3 * t.stride);
    (outer - inner).Store(out + 4 * t.stride);
    Fma(four, d1, d5 - five * d3).Store(out + 5 * t.stride);
  }
}

// Components of four rows g of an output gradient: A g.
template <class V>
void WinogradGradient(const WinogradRows& t) {
  const V two = V::Set(2.0f), four = V::Set(4.0f);
  for (int64_t x = 0; x < t.pitch; x += V::kSize) {
    const float* in = t.rows + x;
    const V g0 = V::Load(in), g1 = V::Load(in + t.pitch), g2 = V::Load(in + 2 * t.pitch);
    const V g3 = V::Load(in + 3 * t.pitch);
    const V even = g0 + g2, odd = g1 + g3;
    const V even2 = Fma(four, g2, g0), odd2 = two * Fma(four, g3, g1);
    float* out = t.components + x;
    g0.Store(out);
    (even + odd).Store(out + t.stride);
    (even - odd).Store(out + 2 * t.stride);
    (even2 + odd2).Store(out + 3 * t.stride);
    (even2 - odd2).Store(out + 4 * t.stride);
    g3.Store(out + 5 * t.stride);
  }
}

// Four output rows from six components m: A^T m.
template <class V>
void WinogradOutput(const WinogradRows& t, float bias, bool relu, bool accumulate) {
  const V four = V::Set(4.0f), two = V::Set(2.0f), eight = V::Set(8.0f), offset = V::Set(bias);
  for (int64_t x = 0; x < t.pitch; x += V::kSize) {
    const float* in = t.components + x;
    const V m0 = V::Load(in), m1 = V::Load(in + t.stride), m2 = V::Load(in + 2 * t.stride);
    const V m3 = V::Load(in + 3 * t.stride), m4 = V::Load(in + 4 * t.stride), m5 = V::Load(in + 5 * t.stride);
    const V sum = m1 + m2, difference = m1 - m2, sum2 = m3 + m4, difference2 = m3 - m4;
    const V rows[4] = {m0 + sum + sum2, Fma(two, difference2, difference), Fma(four, sum2, sum),
                       Fma(eight, difference2, difference) + m5};
    const int64_t inside = t.width - x;
    const typename V::Mask mask = V::First(inside < 0 ? 0 : inside);
    for (int r = 0; r < 4; ++r) {
      float* out = t.rows + r * t.pitch + x;
      V y = rows[r] + offset;
      if (relu) y = Max(y, V::Zero());
      y = y.Keep(mask);
      if (accumulate) y = y + V::Load(out);
      y.StoreFirst(out, t.pitch - x);
    }
  }
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

}  // namespace ccnet::step
