#include "batch_norm.h"

#include <algorithm>
#include <cmath>

#include "kernels.h"
#include "scratch.h"
#include "thread_pool.h"

namespace ccnet {
namespace {

constexpr int64_t kChunkFloats = 16384;

// Few channels would leave vectors half empty, so the loops treat several rows as one of `period` floats.
int64_t Period(int64_t channels) {
  return channels >= 64 ? channels : channels * ((63 + channels) / channels);
}

int64_t RowsPerChunk(int64_t channels) { return std::max<int64_t>(1, kChunkFloats / channels); }

// Repeats a per-channel vector over a period.
void Tile(int64_t channels, float* vector) {
  const int64_t period = Period(channels);
  for (int64_t j = channels; j < period; ++j) vector[j] = vector[j - channels];
}

// Sum over the rows of a period, for one channel.
double Fold(const float* sums, int64_t channels, int64_t channel) {
  double total = 0;
  for (int64_t j = channel; j < Period(channels); j += channels) total += sums[j];
  return total;
}

// Calls body(chunk, first row, rows, this thread's scratch of 4 periods, zeroed) for all chunks, in parallel.
template <typename Body>
void ForEachChunk(int64_t rows, int64_t channels, Body body) {
  const int64_t size = RowsPerChunk(channels);
  ParallelFor(rows, size, [&](int64_t begin, int64_t end) {
    float* scratch = ScratchFloats(ScratchUse::kChunkSums, 4 * Period(channels));
    std::fill(scratch, scratch + 4 * Period(channels), 0.0f);
    body(begin / size, begin, end - begin, scratch);
  });
}

int64_t Chunks(int64_t rows, int64_t channels) {
  return (rows + RowsPerChunk(channels) - 1) / RowsPerChunk(channels);
}

double* ChunkResults(int64_t rows, int64_t channels) {
  const int64_t count = Chunks(rows, channels) * 2 * channels;
  return static_cast<double*>(
      ScratchBytes(ScratchUse::kPartialSums, count * static_cast<int64_t>(sizeof(double))));
}

// Per chunk and channel: the mean, and the sum of squares around it.
void ChunkMoments(int64_t rows, int64_t channels, const float* x, double* results) {
  const Kernels& kernels = ActiveKernels();
  const int64_t period = Period(channels);
  ForEachChunk(rows, channels, [&](int64_t chunk, int64_t first, int64_t length, float* scratch) {
    const float* from = x + first * channels;
    const double n = static_cast<double>(length);
    float *sum = scratch, *squares = scratch + period, *shift = scratch + 2 * period,
          *coarse = scratch + 3 * period;
    kernels.sumPeriod(from, length * channels, period, coarse);
    for (int64_t c = 0; c < channels; ++c) shift[c] = static_cast<float>(Fold(coarse, channels, c) / n);
    Tile(channels, shift);
    kernels.squarePeriod(from, length * channels, period, shift, sum, squares);
    double* result = results + chunk * 2 * channels;
    for (int64_t c = 0; c < channels; ++c) {
      const double rest = Fold(sum, channels, c);
      result[c] = static_cast<double>(shift[c]) + rest / n;
      result[channels + c] = std::max(0.0, Fold(squares, channels, c) - rest * rest / n);
    }
  });
}

void Moments(int64_t rows, int64_t channels, const float* x, float* mean, float* variance) {
  double* results = ChunkResults(rows, channels);
  ChunkMoments(rows, channels, x, results);
  const int64_t size = RowsPerChunk(channels);
  for (int64_t c = 0; c < channels; ++c) {
    double count = 0, average = 0, squares = 0;
    for (int64_t chunk = 0; chunk < Chunks(rows, channels); ++chunk) {
      const double* result = results + chunk * 2 * channels;
      const double n = static_cast<double>(std::min(size, rows - chunk * size));
      const double difference = result[c] - average;
      squares += result[channels + c] + difference * difference * (count * n / (count + n));
      average += difference * (n / (count + n));
      count += n;
    }
    mean[c] = static_cast<float>(average);
    variance[c] = static_cast<float>(squares / count);
  }
}

double Deviation(float variance, double epsilon) {
  return std::sqrt(static_cast<double>(variance) + epsilon);
}

}  // namespace

void BatchNormInference(int64_t rows, int64_t channels, const float* x, const float* mean,
                        const float* variance, const float* offset, const float* scale, double epsilon,
                        float* y) {
  if (rows == 0 || channels == 0) return;
  const Kernels& kernels = ActiveKernels();
  const int64_t period = Period(channels);
  float* shifts = ScratchFloats(ScratchUse::kChannels, 3 * period);
  float *scales = shifts + period, *offsets = shifts + 2 * period;
  for (int64_t c = 0; c < channels; ++c) {
    shifts[c] = mean[c];
    scales[c] = static_cast<float>((scale ? scale[c] : 1.0) / Deviation(variance[c], epsilon));
    offsets[c] = offset ? offset[c] : 0.0f;
  }
  for (float* vector : {shifts, scales, offsets}) Tile(channels, vector);
  ParallelFor(rows, RowsPerChunk(channels), [&](int64_t begin, int64_t end) {
    kernels.normalizePeriod(x + begin * channels, (end - begin) * channels, period, shifts, scales, offsets,
                            y + begin * channels);
  });
}

void BatchNormTraining(int64_t rows, int64_t channels, const float* x, const float* offset,
                       const float* scale, double epsilon, float* y, float* mean, float* variance) {
  if (rows == 0 || channels == 0) return;
  Moments(rows, channels, x, mean, variance);
  BatchNormInference(rows, channels, x, mean, variance, offset, scale, epsilon, y);
}

void BatchNormGradient(int64_t rows, int64_t channels, const float* x, const float* dy, const float* mean,
                       const float* variance, const float* scale, double epsilon, float* dx, float* dscale,
                       float* doffset) {
  if (rows == 0 || channels == 0) return;
  const Kernels& kernels = ActiveKernels();
  const int64_t period = Period(channels);
  float* shifts = ScratchFloats(ScratchUse::kChannels, 4 * period);
  float *scales = shifts + period, *slopes = shifts + 2 * period, *offsets = shifts + 3 * period;
  std::copy(mean, mean + channels, shifts);
  Tile(channels, shifts);

  double* results = ChunkResults(rows, channels);
  ForEachChunk(rows, channels, [&](int64_t chunk, int64_t first, int64_t length, float* scratch) {
    float *sum = scratch, *product = scratch + period;
    kernels.gradientSumsPeriod(x + first * channels, dy + first * channels, length * channels, period, shifts,
                               sum, product);
    double* result = results + chunk * 2 * channels;
    for (int64_t c = 0; c < channels; ++c) {
      result[c] = Fold(sum, channels, c);
      result[channels + c] = Fold(product, channels, c);
    }
  });

  const double n = static_cast<double>(rows);
  for (int64_t c = 0; c < channels; ++c) {
    double sum = 0, product = 0;
    for (int64_t chunk = 0; chunk < Chunks(rows, channels); ++chunk) {
      sum += results[chunk * 2 * channels + c];
      product += results[chunk * 2 * channels + channels + c];
    }
    const double deviation = Deviation(variance[c], epsilon);
    const double factor = (scale ? scale[c] : 1.0) / deviation;
    doffset[c] = static_cast<float>(sum);
    dscale[c] = static_cast<float>(product / deviation);
    scales[c] = static_cast<float>(factor);
    slopes[c] = static_cast<float>(-factor * product / (n * deviation * deviation));
    offsets[c] = static_cast<float>(-factor * sum / n);
  }
  for (float* vector : {scales, slopes, offsets}) Tile(channels, vector);
  ParallelFor(rows, RowsPerChunk(channels), [&](int64_t begin, int64_t end) {
    kernels.gradientPeriod(x + begin * channels, dy + begin * channels, (end - begin) * channels, period,
                           shifts, scales, slopes, offsets, dx + begin * channels);
  });
}

}  // namespace ccnet
