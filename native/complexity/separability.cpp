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

// Number and sum (packed as number << 16 | sum, both are small) and sum of squares of grey levels.
struct Moments {
  std::vector<int> packed, squares;

  void Resize(int length) {
    packed.assign(length, 0);
    squares.assign(length, 0);
  }
};

void AddRow(const uint8_t* __restrict grey, const uint8_t* __restrict mask, int sign, int width,
            int* __restrict all, int* __restrict all_squares, int* __restrict foreground,
            int* __restrict foreground_squares) {
  for (int x = 0; x < width; ++x) {
    const uint16_t level = grey[x];
    const int one = sign * (0x10000 | level), square = sign * static_cast<uint16_t>(level * level);
    const int member = -static_cast<int>(mask[x]);
    all[x] += one;
    all_squares[x] += square;
    foreground[x] += one & member;
    foreground_squares[x] += square & member;
  }
}

// Sums kTextureWindow columns of the side that the middle pixel is on; the columns start kRadius before the
// first pixel.
void SumColumns(const int* __restrict all, const int* __restrict foreground, const uint8_t* __restrict mask,
                int width, int* __restrict own) {
  static_assert(kTextureWindow == 5,
                "written out, because compilers do not vectorise the loop over the window");
  for (int x = 0; x < width; ++x) {
    const int any = all[x] + all[x + 1] + all[x + 2] + all[x + 3] + all[x + 4];
    const int in =
        foreground[x] + foreground[x + 1] + foreground[x + 2] + foreground[x + 3] + foreground[x + 4];
    const int inside = -static_cast<int>(mask[x]);
    own[x] = (in & inside) | ((any - in) & ~inside);
  }
}

// Moments over kTextureWindow rows, per column and updated row by row, then over the square window around
// every pixel.
class SlidingMoments {
 public:
  void Reset(int width) {
    width_ = width;
    for (Moments& side : columns_) side.Resize(width + 2 * kRadius);
    windows_.Resize(width);
  }

  // A row enters the window (sign 1) or leaves it (sign -1).
  void Slide(const uint8_t* grey, const uint8_t* mask, int sign) {
    AddRow(grey, mask, sign, width_, columns_[0].packed.data() + kRadius,
           columns_[0].squares.data() + kRadius, columns_[1].packed.data() + kRadius,
           columns_[1].squares.data() + kRadius);
  }

  // Gathers the columns of every pixel's window; `mask` tells each pixel's own side.
  void GatherWindows(const uint8_t* mask) {
    SumColumns(columns_[0].packed.data(), columns_[1].packed.data(), mask, width_, windows_.packed.data());
    SumColumns(columns_[0].squares.data(), columns_[1].squares.data(), mask, width_, windows_.squares.data());
  }

  // Sample standard deviation of the own side around column x, in bins of half a grey level.
  int DeviationBin(int x) const {
    const int n = windows_.packed[x] >> 16, s = windows_.packed[x] & 0xffff;
    if (n < 2) return 0;
    const double scatter = static_cast<double>(n) * windows_.squares[x] - static_cast<double>(s) * s;
    // floor(2 sqrt v) = floor(sqrt floor(4 v)), and a float's root is exact enough for integers below 2^24.
    const int quadruple = static_cast<int>(4 * scatter / (n * (n - 1)));
    return std::min(kBins - 1, static_cast<int>(std::sqrt(static_cast<float>(quadruple))));
  }

 private:
  int width_ = 0;
  Moments columns_[2];  // [0] all pixels, [1] foreground
  Moments windows_;     // own side
};

}  // namespace

Separability BoundarySeparability(const PlaneView& grey, const PlaneView& mask) {
  const int width = grey.width, height = grey.height;
  thread_local std::vector<uint8_t> bands;
  BoundaryBands(mask, bands);
  BandHistograms intensity, texture;
  thread_local SlidingMoments moments;
  moments.Reset(width);
  const auto slide = [&](int y, int sign) {
    if (y >= 0 && y < height) moments.Slide(grey.Row(y), mask.Row(y), sign);
  };
  for (int y = 0; y < kRadius; ++y) slide(y, 1);
  for (int y = 0; y < height; ++y) {
    slide(y + kRadius, 1);
    slide(y - kRadius - 1, -1);
    const uint8_t *levels = grey.Row(y), *band = &bands[static_cast<size_t>(y) * width];
    if (std::all_of(band, band + width, [](uint8_t label) { return label == kFarFromBoundary; })) continue;
    moments.GatherWindows(mask.Row(y));
    for (int x = 0; x < width; ++x) {
      if (band[x] == kFarFromBoundary) continue;
      ++intensity.counts[band[x]][levels[x]];
      ++texture.counts[band[x]][moments.DeviationBin(x)];
    }
  }
  return {intensity.Separability(), texture.Separability()};
}

}  // namespace ccnet
