#include "complexity/median_frequency.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "complexity/fft.h"

namespace ccnet {
namespace {

constexpr int kRingsPerNyquist = 256;
constexpr int kRings = 364;  // the corner of the spectrum lies in ring round(256 sqrt 2) = 362

int PaddedSide(int n) {
  int power = 2 * kFftLanes;  // column pairs then fill whole blocks of lanes
  while (power < n) power *= 2;
  return power;
}

std::vector<float> Hann(int n) {
  std::vector<float> window(n);
  const double step = 2 * std::acos(-1.0) / n;
  for (int i = 0; i < n; ++i) window[i] = static_cast<float>(0.5 - 0.5 * std::cos(step * (i + 0.5)));
  return window;
}

double WeightedMean(const PlaneView& grey, const std::vector<float>& wx, const std::vector<float>& wy) {
  double sum = 0, sum_x = 0, sum_y = 0;
  for (float w : wx) sum_x += w;
  for (int y = 0; y < grey.height; ++y) {
    const uint8_t* row = grey.Row(y);
    float lanes[8] = {};
    int x = 0;
    for (; x + 8 <= grey.width; x += 8) {
      for (int l = 0; l < 8; ++l) lanes[l] += wx[x + l] * row[x + l];
    }
    double row_sum = 0;
    for (float lane : lanes) row_sum += lane;
    for (; x < grey.width; ++x) row_sum += wx[x] * row[x];
    sum += wy[y] * row_sum;
    sum_y += wy[y];
  }
  return sum / (sum_x * sum_y);
}

// The upper half (rows 0..rows/2) of the column-wise DFT of the windowed, padded plane; rows of `columns`
// floats.
struct HalfSpectrum {
  int rows, columns;
  std::vector<float> re, im;
};

void WindowLanes(const uint8_t* __restrict row, const float* __restrict wx, float wy, float mean,
                 float* __restrict lanes) {
  for (int l = 0; l < kFftLanes; ++l) lanes[l] = wy * wx[l] * (row[l] - mean);
}

// Writes kFftLanes windowed columns from `first` on; lanes to the right of the plane and rows below it stay
// as they are.
void FillLanes(const PlaneView& grey, const std::vector<float>& wx, const std::vector<float>& wy, float mean,
               int first, float* __restrict lanes) {
  const int inside = std::clamp(grey.width - first, 0, kFftLanes);
  float window[kFftLanes] = {};
  std::copy_n(wx.begin() + std::min(first, grey.width), inside, window);
  for (int y = 0; y < grey.height; ++y, lanes += kFftLanes) {
    const uint8_t* row = grey.Row(y) + first;
    if (inside == kFftLanes) {
      WindowLanes(row, window, wy[y], mean, lanes);
    } else {
      for (int l = 0; l < inside; ++l) lanes[l] = wy[y] * window[l] * (row[l] - mean);
    }
  }
}

// A complex signal holds two real columns, x and x + columns/2, which the symmetry of real signals separates
// again.
void TransformColumns(const PlaneView& grey, HalfSpectrum& out) {
  const auto wx = Hann(grey.width), wy = Hann(grey.height);
  const float mean = static_cast<float>(WeightedMean(grey, wx, wy));
  const int rows = out.rows, half_columns = out.columns / 2;
  LaneFft fft(rows);
  std::vector<float> re(static_cast<size_t>(rows) * kFftLanes), im(re.size());
  for (int first = 0; first < half_columns; first += kFftLanes) {
    std::fill(re.begin(), re.end(), 0.0f);
    std::fill(im.begin(), im.end(), 0.0f);
    FillLanes(grey, wx, wy, mean, first, re.data());
    FillLanes(grey, wx, wy, mean, half_columns + first, im.data());
    fft.Transform(re.data(), im.data());
    for (int k = 0; k <= rows / 2; ++k) {
      const size_t plus = static_cast<size_t>(k) * kFftLanes;
      const size_t minus = static_cast<size_t>((rows - k) % rows) * kFftLanes;
      float* to_re = &out.re[static_cast<size_t>(k) * out.columns + first];
      float* to_im = &out.im[static_cast<size_t>(k) * out.columns + first];
      for (int l = 0; l < kFftLanes; ++l) {
        const float pr = re[plus + l], pi = im[plus + l], mr = re[minus + l], mi = im[minus + l];
        to_re[l] = 0.5f * (pr + mr);
        to_im[l] = 0.5f * (pi - mi);
        to_re[half_columns + l] = 0.5f * (pi + mi);
        to_im[half_columns + l] = 0.5f * (mr - pr);
      }
    }
  }
}

// Ring and power of every frequency of a block of rows, `length` = columns x kFftLanes of them; fx2 and fy2
// are the squares of their coordinates in rings.
void LocatePower(const float* __restrict fx2, const float* __restrict fy2, const float* __restrict re,
                 const float* __restrict im, int length, int* __restrict ring, float* __restrict power) {
  for (int i = 0; i < length; ++i) {
    ring[i] = static_cast<int>(std::sqrt(fx2[i] + fy2[i]) + 0.5f);
    power[i] = re[i] * re[i] + im[i] * im[i];
  }
}

// Transforms the rows of the half spectrum and gathers the power of every frequency in its ring, DC left out.
std::array<double, kRings> RingPower(const HalfSpectrum& half) {
  const int rows = half.rows, columns = half.columns, length = columns * kFftLanes;
  LaneFft fft(columns);
  std::vector<float> re(length, 0.0f), im(length, 0.0f), fx2(length), fy2(length), power(length);
  std::vector<int> ring(length);
  for (int i = 0; i < length; ++i) {
    const int x = i / kFftLanes;
    const float fx = 2.0f * kRingsPerNyquist * std::min(x, columns - x) / columns;
    fx2[i] = fx * fx;
  }
  // Neighbouring frequencies share rings; a bank per lane keeps their additions from waiting for each other,
  // and lets a lane weigh: rows k and -k of a real image's spectrum are equal, rows 0 and rows/2 are their
  // own mirror images.
  std::array<double, kRings> total{};
  double banks[kFftLanes][kRings];
  for (int first = 0; first <= rows / 2; first += kFftLanes) {
    const int lanes = std::min(kFftLanes, rows / 2 + 1 - first);
    const size_t start = static_cast<size_t>(first) * columns;
    for (int x = 0; x < columns; ++x) {
      for (int l = 0; l < lanes; ++l) {
        re[x * kFftLanes + l] = half.re[start + static_cast<size_t>(l) * columns + x];
        im[x * kFftLanes + l] = half.im[start + static_cast<size_t>(l) * columns + x];
      }
    }
    fft.Transform(re.data(), im.data());
    if (first == 0) re[0] = im[0] = 0;
    for (int l = 0; l < kFftLanes; ++l) {
      const float fy = 2.0f * kRingsPerNyquist * std::min(first + l, rows / 2) / rows;
      fy2[l] = fy * fy;
    }
    for (int i = kFftLanes; i < length; i += kFftLanes) std::copy_n(fy2.begin(), kFftLanes, fy2.begin() + i);
    LocatePower(fx2.data(), fy2.data(), re.data(), im.data(), length, ring.data(), power.data());
    for (auto& bank : banks) std::fill(bank, bank + kRings, 0.0);
    for (int i = 0; i < length; i += kFftLanes) {
      for (int l = 0; l < kFftLanes; ++l) banks[l][ring[i + l]] += power[i + l];
    }
    for (int l = 0; l < lanes; ++l) {
      const double weight = (first + l == 0 || first + l == rows / 2) ? 1 : 2;
      for (int k = 0; k < kRings; ++k) total[k] += weight * banks[l][k];
    }
  }
  return total;
}

}  // namespace

double MedianFrequency(const PlaneView& grey) {
  const uint8_t *begin = grey.data, *end = begin + grey.Pixels();
  if (std::all_of(begin, end, [begin](uint8_t level) { return level == *begin; })) return 0;
  thread_local HalfSpectrum half;
  half.rows = PaddedSide(grey.height);
  half.columns = PaddedSide(grey.width);
  const size_t size = static_cast<size_t>(half.rows / 2 + 1) * half.columns;
  half.re.resize(size);
  half.im.resize(size);
  TransformColumns(grey, half);
  const auto rings = RingPower(half);
  double total = 0;
  for (double power : rings) total += power;
  double below = 0;
  for (int k = 0; k < kRings; ++k) {
    if (below + rings[k] >= 0.5 * total && rings[k] > 0) {
      const double inside = (0.5 * total - below) / rings[k];
      return std::max(0.0, k - 0.5 + inside) / kRingsPerNyquist;
    }
    below += rings[k];
  }
  return 0;
}

}  // namespace ccnet
