#include "complexity/separability.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "complexity/boundary_bands.h"

namespace ccnet {
namespace {

constexpr int kRadius = kTextureWindow / 2;
constexpr int kBins = 256;

// Histograms of one quantity in the inside and the outside band.
struct BandHistograms {
  uint32_t counts[3][kBins] = {};

  double Separability() const {
    double below = 0, wins = 0, inside = 0, outside = 0;
    for (int i = 0; i < kBins; ++i) {
      const double in = counts[kInsideBand][i], out = counts[kOutsideBand][i];
      wins += in * (below + 0.5 * out);
      below += out;
      inside += in;
      outside += out;
    }
    if (inside == 0 || outside == 0) return 0;
    return std::abs(2 * wins / (inside * outside) - 1);
  }
};

// Number, sum and sum of squares of the pixels of one side in a column of kTextureWindow rows, for every column.
struct ColumnSums {
  std::vector<int> count, sum, squares;

  void Reset(int columns) {
    count.assign(columns, 0);
    sum.assign(columns, 0);
    squares.assign(columns, 0);
  }

  // sign +1 lets a row enter the window, -1 lets it leave.
  void Add(const uint8_t* grey, const uint8_t* mask, int side, int sign, int width) {
    int *n = count.data() + kRadius, *s = sum.data() + kRadius, *q = squares.data() + kRadius;
    for (int x = 0; x < width; ++x) {
      const int member = sign & -static_cast<int>(mask[x] == side);
      n[x] += member;
      s[x] += member * grey[x];
      q[x] += member * grey[x] * grey[x];
    }
  }

  // The local standard deviation at column x, in bins of half a grey level.
  int DeviationBin(int x) const {
    int64_t n = 0, s = 0, q = 0;
    for (int k = 0; k < kTextureWindow; ++k) {
      n += count[x + k];
      s += sum[x + k];
      q += squares[x + k];
    }
    if (n < 2) return 0;
    const double variance = static_cast<double>(n * q - s * s) / static_cast<double>(n * (n - 1));
    return std::min(kBins - 1, static_cast<int>(2 * std::sqrt(variance)));
  }
};

}  // namespace

Separability BoundarySeparability(const PlaneView& grey, const PlaneView& mask) {
  const int width = grey.width, height = grey.height;
  thread_local std::vector<uint8_t> bands;
  BoundaryBands(mask, bands);
  BandHistograms intensity, texture;
  thread_local ColumnSums sides[2];
  for (ColumnSums& side : sides) side.Reset(width + 2 * kRadius);
  const auto slide = [&](int y, int sign) {
    if (y < 0 || y >= height) return;
    for (int side = 0; side < 2; ++side) sides[side].Add(grey.Row(y), mask.Row(y), side, sign, width);
  };
  for (int y = 0; y < kRadius; ++y) slide(y, 1);
  for (int y = 0; y < height; ++y) {
    slide(y + kRadius, 1);
    slide(y - kRadius - 1, -1);
    const uint8_t *levels = grey.Row(y), *band = &bands[static_cast<size_t>(y) * width];
    for (int x = 0; x < width; ++x) {
      if (band[x] == kFarFromBoundary) continue;
      ++intensity.counts[band[x]][levels[x]];
      ++texture.counts[band[x]][sides[band[x] == kInsideBand].DeviationBin(x)];
    }
  }
  return {intensity.Separability(), texture.Separability()};
}

}  // namespace ccnet
