#pragma once
#include <cstring>

#include "step/kernels/kernels.h"

namespace ccnet::step {

// exp(x) for x <= 0, to about 2 ulp: 2^n times a polynomial on [-ln2/2, ln2/2]. Without branches or calls, so
// that the loops below become vector code.
static inline float ExpNegative(float x) {
  x = x < -87.0f ? -87.0f : x;
  const int32_t n = static_cast<int32_t>(x * 1.44269504f - 0.5f);
  const float f = static_cast<float>(n);
  const float r = (x - f * 0.693359375f) + f * 2.12194440e-4f;
  float e = 1.0f / 5040.0f;
  e = e * r + 1.0f / 720.0f;
  e = e * r + 1.0f / 120.0f;
  e = e * r + 1.0f / 24.0f;
  e = e * r + 1.0f / 6.0f;
  e = e * r + 0.5f;
  e = e * r + 1.0f;
  e = e * r + 1.0f;
  const int32_t bits = (n + 127) * (1 << 23);
  float power;
  std::memcpy(&power, &bits, sizeof power);
  return e * power;
}

// log(1 + t) for t in [0, 1] as 2 artanh(t / (2 + t)): the argument is at most 1/3, so the series converges
// fast.
static inline float LogOnePlus(float t) {
  const float u = t / (2.0f + t), s = u * u;
  float sum = 1.0f / 15.0f;
  sum = sum * s + 1.0f / 13.0f;
  sum = sum * s + 1.0f / 11.0f;
  sum = sum * s + 1.0f / 9.0f;
  sum = sum * s + 1.0f / 7.0f;
  sum = sum * s + 1.0f / 5.0f;
  sum = sum * s + 1.0f / 3.0f;
  sum = sum * s + 1.0f;
  return 2.0f * u * sum;
}

static inline float Sigmoid(float d) {
  const float e = ExpNegative(d > 0.0f ? -d : d);
  return (d > 0.0f ? 1.0f : e) / (1.0f + e);
}

static void SigmoidRow(const float* l0, const float* l1, float* probability, int64_t count) {
  for (int64_t i = 0; i < count; ++i) probability[i] = Sigmoid(l1[i] - l0[i]);
}

// Mark of a pixel that counts neither as foreground (1) nor as background (0).
constexpr uint8_t kIgnored = 2;

static void LossRow(const float* l0, const float* l1, const uint8_t* mask, float foregroundWeight,
                    float* probability, int64_t count, double sums[3]) {
  constexpr int64_t kChunk = 256;
  float entropy[kChunk];
  for (int64_t begin = 0; begin < count; begin += kChunk) {
    const int64_t n = count - begin < kChunk ? count - begin : kChunk;
    for (int64_t i = 0; i < n; ++i) {
      const float d = l1[begin + i] - l0[begin + i];
      const float y = mask[begin + i] == 1 ? 1.0f : 0.0f;
      const float counted = mask[begin + i] == kIgnored ? 0.0f : 1.0f;
      const float e = ExpNegative(d > 0.0f ? -d : d);
      probability[begin + i] = (d > 0.0f ? 1.0f : e) / (1.0f + e);
      const float against = y > 0.0f ? -d : d;
      const float softplus = (against > 0.0f ? against : 0.0f) + LogOnePlus(e);
      entropy[i] = (y > 0.0f ? foregroundWeight : counted) * softplus;
    }
    for (int64_t i = 0; i < n; ++i) {
      const double p = probability[begin + i];
      sums[0] += entropy[i];
      sums[1] += mask[begin + i] == 1 ? p : 0.0;
      sums[2] += mask[begin + i] == kIgnored ? 0.0 : p;
    }
  }
}

static void LossGradientRow(const float* probability, const uint8_t* mask, float foregroundWeight,
                            const float terms[3], float* g0, float* g1, int64_t count) {
  const float inverse = terms[0], background = terms[1], foreground = terms[1] - terms[2];
  for (int64_t i = 0; i < count; ++i) {
    const float p = probability[i];
    const float y = mask[i] == 1 ? 1.0f : 0.0f;
    const float counted = mask[i] == kIgnored ? 0.0f : 1.0f;
    const float weight = (y > 0.0f ? foregroundWeight : counted) * inverse;
    const float g = weight * (p - y) + (y > 0.0f ? foreground : counted * background) * p * (1.0f - p);
    g0[i] = -g;
    g1[i] = g;
  }
}

}  // namespace ccnet::step
