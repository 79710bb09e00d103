#pragma once
#include "step/kernels/kernels.h"

namespace ccnet::step {

// Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2016, section 4.1): a tile of 4x4 outputs from 6x6
// inputs with 36 multiplications instead of 144. The polynomials are evaluated at 0, +-sqrt(1/2), +-sqrt(2)
// and infinity rather than at small integers: powers stay close to 1, and the rounding error is two to three
// times that of the direct sum instead of four to seven (test/engine/compiled/winogradError.test.ts). Every
// vector holds one pixel of several channels, so that the transforms need no shuffles.
constexpr float kNear = 0.70710678f, kFar = 1.41421356f;

// B^T d for the six inputs of a line.
struct WinogradLine {
  template <class V>
  void operator()(const V (&d)[6], V (&out)[6]) const {
    const V two = V::Set(2.0f), half = V::Set(0.5f), middle = V::Set(2.5f);
    const V even = d[4] - two * d[2], odd = V::Set(kNear) * (d[3] - two * d[1]);
    const V even2 = d[4] - half * d[2], odd2 = V::Set(kFar) * (d[3] - half * d[1]);
    out[0] = d[0] + d[4] - middle * d[2];
    out[1] = even + odd;
    out[2] = even - odd;
    out[3] = even2 + odd2;
    out[4] = even2 - odd2;
    out[5] = d[1] + d[5] - middle * d[3];
  }
};

// A g for the four output gradients of a line.
struct WinogradGradientLine {
  template <class V>
  void operator()(const V (&g)[4], V (&out)[6]) const {
    const V two = V::Set(2.0f), half = V::Set(0.5f);
    const V even = Fma(half, g[2], g[0]), odd = V::Set(kNear) * Fma(half, g[3], g[1]);
    const V even2 = Fma(two, g[2], g[0]), odd2 = V::Set(kFar) * Fma(two, g[3], g[1]);
    out[0] = g[0];
    out[1] = even + odd;
    out[2] = even - odd;
    out[3] = even2 + odd2;
    out[4] = even2 - odd2;
    out[5] = g[3];
  }
};

// A^T m for the six components of a line.
struct WinogradOutputLine {
  template <class V>
  void operator()(const V (&m)[6], V (&out)[4]) const {
    const V two = V::Set(2.0f), half = V::Set(0.5f);
    const V sum = m[1] + m[2], difference = V::Set(kNear) * (m[1] - m[2]);
    const V sum2 = m[3] + m[4], difference2 = V::Set(kFar) * (m[3] - m[4]);
    out[0] = m[0] + sum + sum2;
    out[1] = difference + difference2;
    out[2] = Fma(two, sum2, half * sum);
    out[3] = Fma(two, difference2, Fma(half, difference, m[5]));
  }
};

// G f for the three taps of a line.
struct WinogradFilterLine {
  template <class V>
  void operator()(const V (&f)[3], V (&out)[6]) const {
    const V third = V::Set(1.0f / 3), sixth = V::Set(1.0f / 6);
    const V outer = third * f[2], sum = Fma(V::Set(2.0f / 3), f[0], outer), sum2 = Fma(sixth, f[0], outer);
    const V inner = V::Set(kNear * 2 / 3) * f[1], inner2 = V::Set(kFar / 6) * f[1];
    out[0] = f[0];
    out[1] = V::Zero() - sum - inner;
    out[2] = inner - sum;
    out[3] = sum2 + inner2;
    out[4] = sum2 - inner2;
    out[5] = f[2];
  }
};

// G^T m for the six components of a line.
struct WinogradFilterGradientLine {
  template <class V>
  void operator()(const V (&m)[6], V (&out)[3]) const {
    const V sum = m[1] + m[2], sum2 = m[3] + m[4];
    out[0] = Fma(V::Set(1.0f / 6), sum2, m[0] - V::Set(2.0f / 3) * sum);
    out[1] = Fma(V::Set(kFar / 6), m[3] - m[4], V::Set(kNear * 2 / 3) * (m[2] - m[1]));
    out[2] = Fma(V::Set(1.0f / 3), sum2 - sum, m[5]);
  }
};

// Applies `line` to the columns of a kIn x kIn tile and then to its rows: kOut x kOut.
template <class V, int kIn, int kOut, class Line, class Load, class Store>
void WinogradTile(Line line, Load load, Store store) {
  V half[kOut][kIn];
#pragma GCC unroll 6
  for (int x = 0; x < kIn; ++x) {
    V column[kIn], out[kOut];
#pragma GCC unroll 6
    for (int y = 0; y < kIn; ++y) column[y] = load(y, x);
    line(column, out);
#pragma GCC unroll 6
    for (int y = 0; y < kOut; ++y) half[y][x] = out[y];
  }
#pragma GCC unroll 6
  for (int y = 0; y < kOut; ++y) {
    V out[kOut];
    line(half[y], out);
#pragma GCC unroll 6
    for (int x = 0; x < kOut; ++x) store(y, x, out[x]);
  }
}

template <class V>
void WinogradInput(const WinogradTiles& t) {
  for (int64_t i = 0; i < t.tiles * Layout::kLane; i += V::kSize) {
    const int64_t tile = i / Layout::kLane, lane = i % Layout::kLane;
    WinogradTile<V, 6, 6>(
        WinogradLine{},
        [&](int y, int x) { return V::Load(t.rows[y] + (4 * tile + x) * Layout::kLane + lane); },
        [&](int y, int x, V value) { value.Store(t.components + (6 * y + x) * t.stride + i); });
  }
}

template <class V>
void WinogradGradient(const WinogradTiles& t) {
  for (int64_t i = 0; i < t.tiles * Layout::kLane; i += V::kSize) {
    const int64_t tile = i / Layout::kLane, lane = i % Layout::kLane;
    WinogradTile<V, 4, 6>(
        WinogradGradientLine{},
        [&](int y, int x) { return V::Load(t.rows[y] + (4 * tile + x) * Layout::kLane + lane); },
        [&](int y, int x, V value) { value.Store(t.components + (6 * y + x) * t.stride + i); });
  }
}

template <class V>
void WinogradOutput(const WinogradTiles& t, const float* bias, bool relu) {
  for (int64_t i = 0; i < t.tiles * Layout::kLane; i += V::kSize) {
    const int64_t tile = i / Layout::kLane, lane = i % Layout::kLane;
    const V offset = V::Load(bias + lane);
    WinogradTile<V, 6, 4>(
        WinogradOutputLine{},
        [&](int y, int x) { return V::Load(t.components + (6 * y + x) * t.stride + i); },
        [&](int y, int x, V value) {
          value = value + offset;
          if (relu) value = Max(value, V::Zero());
          value.Store(t.rows[y] + (4 * tile + x) * Layout::kLane + lane);
        });
  }
}

template <class V>
void WinogradFilter(const float* taps, float* components, int64_t stride) {
  for (int lane = 0; lane < Layout::kLane; lane += V::kSize) {
    WinogradTile<V, 3, 6>(
        WinogradFilterLine{},
        [&](int y, int x) { return V::Load(taps + (3 * y + x) * Layout::kLane + lane); },
        [&](int y, int x, V value) { value.Store(components + (6 * y + x) * stride + lane); });
  }
}

template <class V>
void WinogradFilterGradient(const float* components, int64_t stride, int64_t parts, int64_t partStride,
                            float* taps) {
  for (int lane = 0; lane < Layout::kLane; lane += V::kSize) {
    WinogradTile<V, 6, 3>(
        WinogradFilterGradientLine{},
        [&](int y, int x) {
          const float* component = components + (6 * y + x) * stride + lane;
          V sum = V::Load(component);
          for (int64_t p = 1; p < parts; ++p) sum = sum + V::Load(component + p * partStride);
          return sum;
        },
        [&](int y, int x, V value) { value.Store(taps + (3 * y + x) * Layout::kLane + lane); });
  }
}

}  // namespace ccnet::step
