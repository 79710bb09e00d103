#pragma once
#include <cstdint>

namespace ccnet {

// Batch norm over `rows` x `channels` floats, channel-last; scale (gamma) and offset (beta) may be null for 1
// and 0. The output must not overlap an input.

/// y = (x - mean) / sqrt(variance + epsilon) * scale + offset.
void BatchNormInference(int64_t rows, int64_t channels, const float* x, const float* mean,
                        const float* variance, const float* offset, const float* scale, double epsilon,
                        float* y);

/// The same with the mean and the (biased) variance of this batch, which are returned.
///
/// Statistics are taken in one pass over memory: chunks of 64 KB are read twice while in cache, first for the
/// chunk's mean and then for the squares around it, and the chunks' moments are combined in double precision
/// in order (Chan, Golub and LeVeque, Updating Formulae and a Pairwise Algorithm for Computing Sample
/// Variances, 1979). No cancellation even where the mean is large beside the deviation; the same bits at any
/// number of threads.
void BatchNormTraining(int64_t rows, int64_t channels, const float* x, const float* offset,
                       const float* scale, double epsilon, float* y, float* mean, float* variance);

/// Gradients of BatchNormTraining: dx (through the statistics as well), dscale and doffset. With n rows, xhat
/// = (x - mean) / s and s = sqrt(variance + epsilon): doffset = sum(dy), dscale = sum(dy * xhat), dx = scale
/// / s * (dy - doffset / n - xhat * dscale / n).
void BatchNormGradient(int64_t rows, int64_t channels, const float* x, const float* dy, const float* mean,
                       const float* variance, const float* scale, double epsilon, float* dx, float* dscale,
                       float* doffset);

}  // namespace ccnet
