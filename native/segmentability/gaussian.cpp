#include "segmentability/gaussian.h"

#include <algorithm>
#include <cmath>

namespace ccnet {
namespace {

// Pixels whose sums stay in registers or the nearest cache while the taps go by.
constexpr int kBlock = 256;

int Mirrored(int at, int length) {
  const int period = 2 * length;
  at %= period;
  if (at < 0) at += period;
  return at < length ? at : period - 1 - at;
}

// The right half of the kernel, which is symmetric.
void FillKernel(double sigma, std::vector<float>& kernel) {
  const int radius = static_cast<int>(4 * sigma + 0.5);
  std::vector<double> weights(radius + 1);
  double sum = 0;
  for (int i = 0; i <= radius; ++i) {
    weights[i] = std::exp(-0.5 * i * i / (sigma * sigma));
    sum += i == 0 ? weights[i] : 2 * weights[i];
  }
  kernel.resize(radius + 1);
  for (int i = 0; i <= radius; ++i) kernel[i] = static_cast<float>(weights[i] / sum);
}

// sums[x] = kernel[0] * centre[x] + the two neighbours at each distance; taps outside, pixels inside: vector
// loops.
template <class Before, class After>
void Convolve(const std::vector<float>& kernel, const float* centre, Before before, After after, int length,
              float* __restrict sums) {
  for (int x = 0; x < length; ++x) sums[x] = kernel[0] * centre[x];
  for (int i = 1; i < static_cast<int>(kernel.size()); ++i) {
    const float weight = kernel[i];
    const float* left = before(i);
    const float* right = after(i);
    for (int x = 0; x < length; ++x) sums[x] += weight * (left[x] + right[x]);
  }
}

}  // namespace

void Gaussian::Smooth(const float* in, int width, int height, double sigma, float* out) {
  FillKernel(sigma, kernel_);
  const int radius = static_cast<int>(kernel_.size()) - 1;
  padded_.resize(static_cast<size_t>(width) + 2 * radius);
  rows_.resize(static_cast<size_t>(height) + 2 * radius);
  for (int y = -radius; y < height + radius; ++y)
    rows_[y + radius] = in + static_cast<int64_t>(Mirrored(y, height)) * width;
  float* const row = padded_.data() + radius;
  for (int y = 0; y < height; ++y) {
    // Down the columns first; the row of sums then stays in the cache for the pass across.
    for (int from = 0; from < width; from += kBlock) {
      const float* const* centre = rows_.data() + radius + y;
      Convolve(
          kernel_, centre[0] + from, [=](int i) { return centre[-i] + from; },
          [=](int i) { return centre[i] + from; }, std::min(kBlock, width - from), row + from);
    }
    for (int x = 1; x <= radius; ++x) {
      row[-x] = row[Mirrored(-x, width)];
      row[width - 1 + x] = row[Mirrored(width - 1 + x, width)];
    }
    for (int from = 0; from < width; from += kBlock) {
      const float* centre = row + from;
      Convolve(
          kernel_, centre, [=](int i) { return centre - i; }, [=](int i) { return centre + i; },
          std::min(kBlock, width - from), out + static_cast<int64_t>(y) * width + from);
    }
  }
}

}  // namespace ccnet
