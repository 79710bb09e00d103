#include "complexity/entropy.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ccnet {
namespace {

constexpr int kTabulated = 4096;

// n log2 n for small n: joint histograms consist almost entirely of small counts.
const std::array<double, kTabulated>& CountLogCount() {
  static const std::array<double, kTabulated> table = [] {
    std::array<double, kTabulated> values{};
    for (int n = 2; n < kTabulated; ++n) values[n] = n * std::log2(static_cast<double>(n));
    return values;
  }();
  return table;
}

}  // namespace

double HistogramEntropy(const uint32_t* counts, int bins, int64_t total) {
  if (total <= 0) return 0;
  const auto& table = CountLogCount();
  double sum = 0;
  for (int i = 0; i < bins; ++i) {
    const uint32_t n = counts[i];
    if (n > 1) sum += n < kTabulated ? table[n] : n * std::log2(static_cast<double>(n));
  }
  // -sum (n/N) log2 (n/N) = log2 N - (sum n log2 n) / N
  return std::max(0.0, std::log2(static_cast<double>(total)) - sum / static_cast<double>(total));
}

double Entropy(const PlaneView& grey) {
  // Neighbouring pixels are often equal; four histograms keep their increments from waiting for each other.
  uint32_t partial[4][256] = {};
  const int64_t pixels = grey.Pixels(), quads = pixels & ~int64_t{3};
  for (int64_t i = 0; i < quads; i += 4) {
    for (int lane = 0; lane < 4; ++lane) ++partial[lane][grey.data[i + lane]];
  }
  for (int64_t i = quads; i < pixels; ++i) ++partial[0][grey.data[i]];
  for (int level = 0; level < 256; ++level) {
    partial[0][level] += partial[1][level] + partial[2][level] + partial[3][level];
  }
  return HistogramEntropy(partial[0], 256, pixels);
}

}  // namespace ccnet
