#pragma once
#include <cmath>

#include "step/kernels/kernels.h"

namespace ccnet::step {

// Loops simple enough for the compiler to vectorise for the instruction set of the including file. All are
// static: an inline function with external linkage could be linked from the file of another instruction set.

static void Relu(const float* x, float* y, int64_t count) {
  for (int64_t p = 0; p < count; ++p) y[p] = x[p] > 0.0f ? x[p] : 0.0f;
}

static void ReluGradient(const float* y, const float* dy, float* dx, bool accumulate, int64_t count) {
  if (accumulate) {
    for (int64_t p = 0; p < count; ++p) dx[p] += y[p] > 0.0f ? dy[p] : 0.0f;
  } else {
    for (int64_t p = 0; p < count; ++p) dx[p] = y[p] > 0.0f ? dy[p] : 0.0f;
  }
}

static void Copy(const float* x, float* y, bool accumulate, int64_t count) {
  if (accumulate) {
    for (int64_t p = 0; p < count; ++p) y[p] += x[p];
  } else {
    for (int64_t p = 0; p < count; ++p) y[p] = x[p];
  }
}

// Counter-based random numbers (a 32-bit integer hash of seed and position): the gradient draws the same ones
// again.
static inline uint32_t Hash(uint32_t seed, uint32_t position) {
  uint32_t h = position * 0x9E3779B1u + seed;
  h = (h ^ (h >> 16)) * 0x85EBCA6Bu;
  h = (h ^ (h >> 13)) * 0xC2B2AE35u;
  return h ^ (h >> 16);
}

static void Dropout(const float* x, float* y, bool accumulate, float rate, uint32_t seed, uint32_t position,
                    int64_t count) {
  const float scale = 1.0f / (1.0f - rate);
  const int32_t threshold = static_cast<int32_t>(rate * 16777216.0f);
  for (int64_t p = 0; p < count; ++p) {
    const int32_t draw = static_cast<int32_t>(Hash(seed, position + static_cast<uint32_t>(p)) >> 8);
    const float kept = draw >= threshold ? x[p] * scale : 0.0f;
    y[p] = accumulate ? y[p] + kept : kept;
  }
}

static void Spread(const float* in, float* out, int step, int64_t count) {
  for (int64_t i = 0; i < count; ++i) out[i * step] = in[i];
}

static void Gather(const float* in, float* out, int step, int64_t count) {
  for (int64_t i = 0; i < count; ++i) out[i] = in[i * step];
}

static void Adam(float* value, float* m, float* v, const float* gradient, float rate, float correction1,
                 float correction2, int64_t count) {
  constexpr float kBeta1 = 0.9f, kBeta2 = 0.999f, kEpsilon = 1e-7f, kOther1 = 0.1f, kOther2 = 0.001f;
  for (int64_t i = 0; i < count; ++i) {
    const float g = gradient[i];
    m[i] = m[i] * kBeta1 + g * kOther1;
    v[i] = v[i] * kBeta2 + g * g * kOther2;
    value[i] -= rate * (m[i] / correction1) / (std::sqrt(v[i] / correction2) + kEpsilon);
  }
}

}  // namespace ccnet::step
