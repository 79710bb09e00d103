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

int PowerOfTwoAtLeast(int n) {
  int power = 2;  // at least two columns, because columns are transformed in pairs
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

// The upper half (rows 0..rows/2) of the column-wise DFT of the windowed, padded plane; rows of `columns` floats.
struct HalfSpectrum {
  int rows, columns;
  std::vector<float> re, im;
};

// A complex signal holds two real columns, x and x + columns/2, which the symmetry of real signals separates again.
void TransformColumns(const PlaneView& grey, HalfSpectrum& out) {
  const auto wx = Hann(grey.width), wy = Hann(grey.height);
  const float mean = static_cast<float>(WeightedMean(grey, wx, wy));
  const int rows = out.rows, half_columns = out.columns / 2;
  LaneFft fft(rows);
  std::vector<float> re(static_cast<size_t>(rows) * kFftLanes), im(re.size());
  for (int first = 0; first < half_columns; first += kFftLanes) {
    const int lanes = std::min(kFftLanes, half_columns - first);
    const int left = std::clamp(grey.width - first, 0, lanes);
    const int right = std::clamp(grey.width - half_columns - first, 0, lanes);
    std::fill(re.begin(), re.end(), 0.0f);
    std::fill(im.begin(), im.end(), 0.0f);
    for (int y = 0; y < grey.height; ++y) {
      const uint8_t* row = grey.Row(y) + first;
      float *to_re = &re[static_cast<size_t>(y) * kFftLanes], *to_im = &im[static_cast<size_t>(y) * kFftLanes];
      for (int l = 0; l < left; ++l) to_re[l] = wy[y] * wx[first + l] * (row[l] - mean);
      for (int l = 0; l < right; ++l) {
        to_im[l] = wy[y] * wx[half_columns + first + l] * (row[half_columns + l] - mean);
      }
    }
    fft.Transform(re.data(), im.data());
    for (int k = 0; k <= rows / 2; ++k) {
      const size_t plus = static_cast<size_t>(k) * kFftLanes;
      const size_t minus = static_cast<size_t>((rows - k) % rows) * kFftLanes;
      float* to_re = &out.re[static_cast<size_t>(k) * out.columns + first];
      float* to_im = &out.im[static_cast<size_t>(k) * out.columns + first];
      for (int l = 0; l < lanes; ++l) {
        const float pr = re[plus + l], pi = im[plus + l], mr = re[minus + l], mi = im[minus + l];
        to_re[l] = 0.5f * (pr + mr);
        to_im[l] = 0.5f * (pi - mi);
        to_re[half_columns + l] = 0.5f * (pi + mi);
        to_im[half_columns + l] = 0.5f * (mr - pr);
      }
    }
  }
}

// Transforms the rows of the half spectrum and gathers the power of every frequency in its ring, DC left out.
std::array<double, kRings> RingPower(const HalfSpectrum& half) {
  std::array<double, kRings> rings{};
  const int rows = half.rows, columns = half.columns;
  LaneFft fft(columns);
  std::vector<float> re(static_cast<size_t>(columns) * kFftLanes, 0.0f), im(re.size(), 0.0f);
  for (int first = 0; first <= rows / 2; first += kFftLanes) {
    const int lanes = std::min(kFftLanes, rows / 2 + 1 - first);
    for (int l = 0; l < lanes; ++l) {
      const float* from_re = &half.re[static_cast<size_t>(first + l) * columns];
      const float* from_im = &half.im[static_cast<size_t>(first + l) * columns];
      for (int x = 0; x < columns; ++x) {
        re[static_cast<size_t>(x) * kFftLanes + l] = from_re[x];
        im[static_cast<size_t>(x) * kFftLanes + l] = from_im[x];
      }
    }
    fft.Transform(re.data(), im.data());
    double fy2[kFftLanes], weight[kFftLanes];
    for (int l = 0; l < kFftLanes; ++l) {
      const double fy = 2.0 * kRingsPerNyquist * (first + l) / rows;
      fy2[l] = fy * fy;
      // Rows k and -k of a real image's spectrum are equal; rows 0 and rows/2 are their own mirror images.
      weight[l] = l >= lanes ? 0 : (first + l == 0 || first + l == rows / 2) ? 1 : 2;
    }
    for (int x = 0; x < columns; ++x) {
      const double fx = 2.0 * kRingsPerNyquist * std::min(x, columns - x) / columns;
      const float *at_re = &re[static_cast<size_t>(x) * kFftLanes], *at_im = &im[static_cast<size_t>(x) * kFftLanes];
      int ring[kFftLanes];
      double power[kFftLanes];
      for (int l = 0; l < kFftLanes; ++l) {
        ring[l] = static_cast<int>(std::sqrt(fx * fx + fy2[l]) + 0.5);
        power[l] = weight[l] * (at_re[l] * at_re[l] + at_im[l] * at_im[l]);
      }
      if (first == 0 && x == 0) power[0] = 0;
      for (int l = 0; l < lanes; ++l) rings[ring[l]] += power[l];
    }
  }
  return rings;
}

}  // namespace

double MedianFrequency(const PlaneView& grey) {
  const auto [darkest, brightest] = std::minmax_element(grey.data, grey.data + grey.Pixels());
  if (*darkest == *brightest) return 0;
  thread_local HalfSpectrum half;
  half.rows = PowerOfTwoAtLeast(grey.height);
  half.columns = PowerOfTwoAtLeast(grey.width);
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
