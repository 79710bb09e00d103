#include "complexity/glcm.h"

#include <array>
#include <cstdlib>
#include <vector>

namespace ccnet {
namespace {

constexpr int kPairs = kGlcmLevels * kGlcmLevels;
using Differences = std::array<int64_t, kGlcmLevels>;

// Both measures depend on |i - j| alone, so the matrix collapses to the histogram of level differences, which
// is the same for the matrix and its transpose. Two directions share one joint histogram: one increment
// instead of two.
class JointDifferences {
 public:
  // Counts (|a - b|, |a - c|) for `length` consecutive pixels.
  void Add(const uint8_t* __restrict a, const uint8_t* __restrict b, const uint8_t* __restrict c,
           int length) {
    index_.resize(length);
    uint16_t* __restrict index = index_.data();
    for (int i = 0; i < length; ++i) {
      const int16_t level = a[i] >> 3, second = b[i] >> 3, third = c[i] >> 3;
      index[i] = static_cast<uint16_t>(std::abs(level - second) * kGlcmLevels + std::abs(level - third));
    }
    int i = 0;
    for (; i + 2 <= length; i += 2) {
      ++counts_[0][index[i]];
      ++counts_[1][index[i + 1]];
    }
    if (i < length) ++counts_[0][index[i]];
  }

  // Adds both directions' histograms of differences.
  void Collapse(Differences& first, Differences& second) const {
    for (int i = 0; i < kPairs; ++i) {
      const int64_t n = static_cast<int64_t>(counts_[0][i]) + counts_[1][i];
      first[i / kGlcmLevels] += n;
      second[i % kGlcmLevels] += n;
    }
  }

 private:
  uint32_t counts_[2][kPairs] = {};
  std::vector<uint16_t> index_;
};

int Difference(uint8_t a, uint8_t b) { return std::abs((a >> 3) - (b >> 3)); }

}  // namespace

GlcmTexture Glcm(const PlaneView& grey) {
  const int width = grey.width, height = grey.height;
  std::array<Differences, 4> directions{};
  auto& [right, below_left, below, below_right] = directions;
  JointDifferences right_and_below_right, below_and_below_left;
  for (int y = 0; y + 1 < height; ++y) {
    const uint8_t *row = grey.Row(y), *next = grey.Row(y + 1);
    right_and_below_right.Add(row, row + 1, next + 1, width - 1);
    below_and_below_left.Add(row + 1, next + 1, next, width - 1);
    ++below[Difference(row[0], next[0])];
  }
  const uint8_t* last = grey.Row(height - 1);
  for (int x = 0; x + 1 < width; ++x) ++right[Difference(last[x], last[x + 1])];
  right_and_below_right.Collapse(right, below_right);
  below_and_below_left.Collapse(below, below_left);

  GlcmTexture sum{0, 0};
  int used = 0;
  for (const Differences& differences : directions) {
    double pairs = 0, contrast = 0, homogeneity = 0;
    for (int d = 0; d < kGlcmLevels; ++d) {
      const double n = static_cast<double>(differences[d]);
      pairs += n;
      contrast += n * d * d;
      homogeneity += n / (1.0 + d * d);
    }
    if (pairs == 0) continue;
    ++used;
    sum.contrast += contrast / pairs;
    sum.homogeneity += homogeneity / pairs;
  }
  if (used == 0) return {0, 1};
  return {sum.contrast / used, sum.homogeneity / used};
}

}  // namespace ccnet
