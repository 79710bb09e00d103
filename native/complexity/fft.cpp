#include "complexity/fft.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace ccnet {
namespace {

// One Stockham radix-4 butterfly (autosort: no bit reversal) on all lanes. Twiddles are e^(-i angle) = c - i
// s. Each output has its own restrict pointer: the compiler vectorises the loop only when it knows that they
// do not overlap.
inline void Butterfly4(const float* __restrict xr, const float* __restrict xi, size_t quarter,
                       float* __restrict y0r, float* __restrict y0i, float* __restrict y1r,
                       float* __restrict y1i, float* __restrict y2r, float* __restrict y2i,
                       float* __restrict y3r, float* __restrict y3i, const float* c, const float* s) {
  const float c1 = c[0], c2 = c[1], c3 = c[2], s1 = s[0], s2 = s[1], s3 = s[2];
  for (int l = 0; l < kFftLanes; ++l) {
    const float ar = xr[l], ai = xi[l], br = xr[quarter + l], bi = xi[quarter + l];
    const float cr = xr[2 * quarter + l], ci = xi[2 * quarter + l];
    const float dr = xr[3 * quarter + l], di = xi[3 * quarter + l];
    const float er = ar + cr, ei = ai + ci, fr = ar - cr, fi = ai - ci;
    const float gr = br + dr, gi = bi + di, hr = bi - di, hi = dr - br;  // h = -i (b - d)
    const float ur = fr + hr, ui = fi + hi, vr = er - gr, vi = ei - gi, wr = fr - hr, wi = fi - hi;
    y0r[l] = er + gr;
    y0i[l] = ei + gi;
    y1r[l] = c1 * ur + s1 * ui;
    y1i[l] = c1 * ui - s1 * ur;
    y2r[l] = c2 * vr + s2 * vi;
    y2i[l] = c2 * vi - s2 * vr;
    y3r[l] = c3 * wr + s3 * wi;
    y3i[l] = c3 * wi - s3 * wr;
  }
}

}  // namespace

LaneFft::LaneFft(int length)
    : length_(length),
      cos_(length),
      sin_(length),
      work_re_(static_cast<size_t>(length) * kFftLanes),
      work_im_(static_cast<size_t>(length) * kFftLanes) {
  const double step = 2 * std::acos(-1.0) / length;
  for (int k = 0; k < length; ++k) {
    cos_[k] = static_cast<float>(std::cos(step * k));
    sin_[k] = static_cast<float>(std::sin(step * k));
  }
}

void LaneFft::Transform(float* re, float* im) {
  float *xr = re, *xi = im, *yr = work_re_.data(), *yi = work_im_.data();
  int part = length_, done = 1;  // signals of length `part` remain; `done` of them are interleaved
  for (; part >= 4; part /= 4, done *= 4) {
    const int quarter = part / 4, step = length_ / part;
    const size_t stride = static_cast<size_t>(done) * kFftLanes;
    for (int p = 0; p < quarter; ++p) {
      const float c[3] = {cos_[p * step], cos_[2 * p * step], cos_[3 * p * step]};
      const float s[3] = {sin_[p * step], sin_[2 * p * step], sin_[3 * p * step]};
      for (int q = 0; q < done; ++q) {
        const size_t from = (static_cast<size_t>(done) * p + q) * kFftLanes;
        const size_t to = (static_cast<size_t>(done) * 4 * p + q) * kFftLanes;
        float *r = yr + to, *i = yi + to;
        Butterfly4(xr + from, xi + from, stride * quarter, r, i, r + stride, i + stride, r + 2 * stride,
                   i + 2 * stride, r + 3 * stride, i + 3 * stride, c, s);
      }
    }
    std::swap(xr, yr);
    std::swap(xi, yi);
  }
  if (part == 2) {
    const size_t half = static_cast<size_t>(done) * kFftLanes;
    for (size_t i = 0; i < half; ++i) {
      yr[i] = xr[i] + xr[half + i];
      yi[i] = xi[i] + xi[half + i];
      yr[half + i] = xr[i] - xr[half + i];
      yi[half + i] = xi[i] - xi[half + i];
    }
    std::swap(xr, yr);
    std::swap(xi, yi);
  }
  if (xr != re) {
    std::copy(xr, xr + static_cast<size_t>(length_) * kFftLanes, re);
    std::copy(xi, xi + static_cast<size_t>(length_) * kFftLanes, im);
  }
}

}  // namespace ccnet
