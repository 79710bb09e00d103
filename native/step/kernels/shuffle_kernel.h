#pragma once
#include "step/kernels/kernels.h"

namespace ccnet::step {

template <class V>
void SplitColors(const float* in, float* const out[3], int64_t count) {
  int64_t i = 0;
  for (; i + V::kSize <= count; i += V::kSize) {
    V channels[3];
    Unzip3(in + 3 * i, channels);
    for (int c = 0; c < 3; ++c) channels[c].Store(out[c] + i);
  }
  for (; i < count; ++i) {
    for (int c = 0; c < 3; ++c) out[c][i] = in[3 * i + c];
  }
}

template <class V>
void Interleave(const float* a, const float* b, float* out, int64_t count) {
  int64_t i = 0;
  for (; i + V::kSize <= count; i += V::kSize) {
    V low, high;
    Zip(V::Load(a + i), V::Load(b + i), low, high);
    low.Store(out + 2 * i);
    high.Store(out + 2 * i + V::kSize);
  }
  for (; i < count; ++i) {
    out[2 * i] = a[i];
    out[2 * i + 1] = b[i];
  }
}

template <class V>
void Deinterleave(const float* in, float* a, float* b, int64_t count) {
  int64_t i = 0;
  for (; i + V::kSize <= count; i += V::kSize) {
    V even, odd;
    Unzip(V::Load(in + 2 * i), V::Load(in + 2 * i + V::kSize), even, odd);
    even.Store(a + i);
    odd.Store(b + i);
  }
  for (; i < count; ++i) {
    a[i] = in[2 * i];
    b[i] = in[2 * i + 1];
  }
}

template <class V>
void MaxPool(const float* above, const float* below, float* y, int64_t width) {
  int64_t x = 0;
  for (; x + V::kSize <= width; x += V::kSize) {
    V a, b, c, d;
    Unzip(V::Load(above + 2 * x), V::Load(above + 2 * x + V::kSize), a, b);
    Unzip(V::Load(below + 2 * x), V::Load(below + 2 * x + V::kSize), c, d);
    Max(Max(a, b), Max(c, d)).Store(y + x);
  }
  for (; x < width; ++x) {
    const float a = above[2 * x] > above[2 * x + 1] ? above[2 * x] : above[2 * x + 1];
    const float b = below[2 * x] > below[2 * x + 1] ? below[2 * x] : below[2 * x + 1];
    y[x] = a > b ? a : b;
  }
}

template <class V>
void MaxPoolGradient(const float* above, const float* below, const float* dy, float* dabove, float* dbelow,
                     bool accumulate, int64_t width) {
  int64_t x = 0;
  for (; x + V::kSize <= width; x += V::kSize) {
    V a, b, c, d;
    Unzip(V::Load(above + 2 * x), V::Load(above + 2 * x + V::kSize), a, b);
    Unzip(V::Load(below + 2 * x), V::Load(below + 2 * x + V::kSize), c, d);
    const V g = V::Load(dy + x), lower = g.Keep((Max(c, d) - Max(a, b)).Positive()), upper = g - lower;
    const V gb = upper.Keep((b - a).Positive()), gd = lower.Keep((d - c).Positive());
    V rows[2][2];
    Zip(upper - gb, gb, rows[0][0], rows[0][1]);
    Zip(lower - gd, gd, rows[1][0], rows[1][1]);
    for (int r = 0; r < 2; ++r) {
      for (int half = 0; half < 2; ++half) {
        float* out = (r == 0 ? dabove : dbelow) + 2 * x + half * V::kSize;
        (accumulate ? rows[r][half] + V::Load(out) : rows[r][half]).Store(out);
      }
    }
  }
  for (; x < width; ++x) {
    const float a = above[2 * x], b = above[2 * x + 1], c = below[2 * x], d = below[2 * x + 1];
    const float ab = a > b ? a : b, cd = c > d ? c : d, g = dy[x];
    const float lower = cd > ab ? g : 0.0f, upper = g - lower;
    const float gb = b > a ? upper : 0.0f, gd = d > c ? lower : 0.0f;
    const float gradients[4] = {upper - gb, gb, lower - gd, gd};
    for (int i = 0; i < 4; ++i) {
      // Not one expression: GCC 12 writes elsewhere when -fsanitize=undefined watches a chosen array's index.
      float* row = i < 2 ? dabove : dbelow;
      row[2 * x + i % 2] = accumulate ? row[2 * x + i % 2] + gradients[i] : gradients[i];
    }
  }
}

}  // namespace ccnet::step
