#include "segmentability/pixel_features.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ccnet {
namespace {

// Contrast below which a channel counts as flat, as in the training room's standardise.
constexpr double kLeastDeviation = 1e-3;

struct Affine {
  float scale, shift;
};

Affine ToUnitVariance(const ImageView& image, int channel) {
  const int64_t pixels = image.Pixels();
  const float* data = image.data + channel;
  double sum = 0, squares = 0;
  for (int64_t i = 0; i < pixels; ++i) sum += data[i * image.channels];
  if (!std::isfinite(sum))
    throw std::invalid_argument("An image holds intensities that are not finite numbers.");
  const double mean = sum / pixels;
  for (int64_t i = 0; i < pixels; ++i) {
    const double off = data[i * image.channels] - mean;
    squares += off * off;
  }
  const double scale = 1 / std::max(kLeastDeviation, std::sqrt(squares / pixels));
  return {static_cast<float>(scale), static_cast<float>(-mean * scale)};
}

// Central differences inside, one-sided ones at the border (0 where there is a single pixel).
void Across(const float* in, int width, int height, float* __restrict out) {
  for (int y = 0; y < height; ++y, in += width, out += width) {
    out[0] = width > 1 ? in[1] - in[0] : 0;
    for (int x = 1; x < width - 1; ++x) out[x] = 0.5f * (in[x + 1] - in[x - 1]);
    if (width > 1) out[width - 1] = in[width - 1] - in[width - 2];
  }
}

void Down(const float* in, int width, int height, float* __restrict out) {
  for (int y = 0; y < height; ++y, out += width) {
    const float* above = in + static_cast<int64_t>(std::max(0, y - 1)) * width;
    const float* below = in + static_cast<int64_t>(std::min(height - 1, y + 1)) * width;
    const float weight = y > 0 && y < height - 1 ? 0.5f : 1.0f;
    for (int x = 0; x < width; ++x) out[x] = weight * (below[x] - above[x]);
  }
}

// Second differences in both directions; beyond the border the border's pixel is repeated.
void Laplacian(const float* in, int width, int height, float* __restrict out) {
  for (int y = 0; y < height; ++y, out += width) {
    const float* row = in + static_cast<int64_t>(y) * width;
    const float* above = in + static_cast<int64_t>(std::max(0, y - 1)) * width;
    const float* below = in + static_cast<int64_t>(std::min(height - 1, y + 1)) * width;
    const auto at = [&](int x, int left, int right) {
      out[x] = row[left] + row[right] + above[x] + below[x] - 4 * row[x];
    };
    at(0, 0, std::min(1, width - 1));
    for (int x = 1; x < width - 1; ++x) at(x, x - 1, x + 1);
    if (width > 1) at(width - 1, width - 2, width - 1);
  }
}

}  // namespace

void PixelFeatures::Compute(const ImageView& image, const Receive& receive) {
  for (std::vector<float>* plane : {&squares_, &smooth_, &across_, &down_, &first_, &second_})
    plane->resize(image.Pixels());
  Standardise(image);
  for (int b = 0; b < 3; ++b) receive(b, base_[b].data());
  for (int scale = 0; scale < static_cast<int>(kSigmas.size()); ++scale) AtScale(image, scale, receive);
}

void PixelFeatures::Standardise(const ImageView& image) {
  const int64_t pixels = image.Pixels();
  for (std::vector<float>& plane : base_) plane.assign(pixels, 0.0f);
  const float* data = image.data;
  if (image.channels == 1) {
    const Affine grey = ToUnitVariance(image, 0);
    for (int64_t i = 0; i < pixels; ++i) base_[0][i] = data[i] * grey.scale + grey.shift;
  } else {
    const Affine red = ToUnitVariance(image, 0), green = ToUnitVariance(image, 1),
                 blue = ToUnitVariance(image, 2);
    for (int64_t i = 0; i < pixels; ++i) {
      const float r = data[3 * i] * red.scale + red.shift;
      const float g = data[3 * i + 1] * green.scale + green.shift;
      const float b = data[3 * i + 2] * blue.scale + blue.shift;
      const float luminance = 0.299f * r + 0.587f * g + 0.114f * b;
      base_[0][i] = luminance;
      base_[1][i] = r - g;
      base_[2][i] = b - luminance;
    }
  }
  for (int64_t i = 0; i < pixels; ++i) squares_[i] = base_[0][i] * base_[0][i];
}

void PixelFeatures::AtScale(const ImageView& image, int scale, const Receive& receive) {
  const int width = image.width, height = image.height;
  const int64_t pixels = image.Pixels();
  const double sigma = kSigmas[scale];
  const int feature = 3 + 8 * scale;
  for (int b = 2; b >= 0; --b) {
    // Grey images have no colour, at any scale.
    const bool flat = b > 0 && image.channels == 1;
    if (!flat) gaussian_.Smooth(base_[b].data(), width, height, sigma, smooth_.data());
    receive(feature + b, flat ? base_[b].data() : smooth_.data());
  }
  // The luminance, which came last, is still in smooth_.
  const float* smooth = smooth_.data();
  gaussian_.Smooth(squares_.data(), width, height, sigma, first_.data());
  for (int64_t i = 0; i < pixels; ++i)
    first_[i] = std::sqrt(std::max(0.0f, first_[i] - smooth[i] * smooth[i]));
  receive(feature + 5, first_.data());
  Laplacian(smooth, width, height, first_.data());
  receive(feature + 4, first_.data());
  Across(smooth, width, height, across_.data());
  Down(smooth, width, height, down_.data());
  for (int64_t i = 0; i < pixels; ++i) first_[i] = std::sqrt(across_[i] * across_[i] + down_[i] * down_[i]);
  receive(feature + 3, first_.data());
  Down(down_.data(), width, height, first_.data());     // d2/dy2
  Down(across_.data(), width, height, second_.data());  // d2/dx dy
  Across(across_.data(), width, height, down_.data());  // d2/dx2
  for (int64_t i = 0; i < pixels; ++i) {
    const float half = 0.5f * (down_[i] - first_[i]), middle = 0.5f * (down_[i] + first_[i]);
    const float spread = std::sqrt(half * half + second_[i] * second_[i]);
    first_[i] = middle + spread;
    second_[i] = middle - spread;
  }
  receive(feature + 6, first_.data());
  receive(feature + 7, second_.data());
}

}  // namespace ccnet
