#pragma once
#include "kernels.h"
#include "vector_inner.h"

// Loops of batch norm over a tensor seen as rows of `period` floats (kernels.h). The inner loop runs over the
// period, where every operand is contiguous; the sums live in the first-level cache.

namespace ccnet {
namespace {

// Calls body(first float, length) for each row of `period` floats, the last one possibly shorter.
template <typename Body>
static inline void ForEachPeriod(int64_t count, int64_t period, Body body) {
  for (int64_t i = 0; i < count; i += period) body(i, count - i < period ? count - i : period);
}

static void SumPeriod(const float* x, int64_t count, int64_t period, float* __restrict sum) {
  ForEachPeriod(count, period, [&](int64_t first, int64_t length) {
    const float* in = x + first;
    for (int64_t j = 0; j < length; ++j) sum[j] += in[j];
  });
}

static void SquarePeriod(const float* x, int64_t count, int64_t period, const float* shift,
                         float* __restrict sum, float* __restrict squares) {
  ForEachPeriod(count, period, [&](int64_t first, int64_t length) {
    const float* in = x + first;
    for (int64_t j = 0; j < length; ++j) {
      const float centred = in[j] - shift[j];
      sum[j] += centred;
      squares[j] += centred * centred;
    }
  });
}

static void NormalizePeriod(const float* x, int64_t count, int64_t period, const float* shift,
                            const float* scale, const float* offset, float* __restrict y) {
  ForEachPeriod(count, period, [&](int64_t first, int64_t length) {
    const float* in = x + first;
    float* out = y + first;
    for (int64_t j = 0; j < length; ++j) out[j] = (in[j] - shift[j]) * scale[j] + offset[j];
  });
}

static void GradientSumsPeriod(const float* x, const float* dy, int64_t count, int64_t period,
                               const float* shift, float* __restrict sum, float* __restrict product) {
  ForEachPeriod(count, period, [&](int64_t first, int64_t length) {
    const float* in = x + first;
    const float* gradient = dy + first;
    for (int64_t j = 0; j < length; ++j) {
      sum[j] += gradient[j];
      product[j] += gradient[j] * (in[j] - shift[j]);
    }
  });
}

static void GradientPeriod(const float* x, const float* dy, int64_t count, int64_t period, const float* shift,
                           const float* scale, const float* slope, const float* offset,
                           float* __restrict dx) {
  ForEachPeriod(count, period, [&](int64_t first, int64_t length) {
    const float* in = x + first;
    const float* gradient = dy + first;
    float* out = dx + first;
    for (int64_t j = 0; j < length; ++j) {
      out[j] = gradient[j] * scale[j] + (in[j] - shift[j]) * slope[j] + offset[j];
    }
  });
}

}  // namespace
}  // namespace ccnet
