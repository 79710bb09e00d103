#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "segmentability/gaussian.h"

namespace ccnet {

/// Intensities of one image, channel-last, 1 or 3 channels.
struct ImageView {
  const float* data;
  int width, height, channels;

  int64_t Pixels() const { return static_cast<int64_t>(width) * height; }
};

constexpr std::array<double, 5> kSigmas = {1, 2, 4, 8, 16};
/// Brightness and two colour differences, and eight features at each sigma.
constexpr int kPixelFeatures = 3 + 8 * static_cast<int>(kSigmas.size());

/// What a pixel looks like, without where it lies: luminance and two colour differences of the standardised
/// channels (0 for grey), and at each sigma their Gaussians and, of the luminance, gradient magnitude,
/// Laplacian, local standard deviation and the two eigenvalues of the Hessian. Planes are made one at a time,
/// so that an image needs little memory.
/// Throws std::invalid_argument where an intensity is not finite.
class PixelFeatures {
 public:
  /// Receives each feature's number, from 0, and its height * width values, valid until it returns.
  using Receive = std::function<void(int feature, const float* plane)>;

  void Compute(const ImageView& image, const Receive& receive);

 private:
  void Standardise(const ImageView& image);
  void AtScale(const ImageView& image, int scale, const Receive& receive);

  Gaussian gaussian_;
  std::array<std::vector<float>, 3> base_;
  std::vector<float> squares_, smooth_, across_, down_, first_, second_;
};

}  // namespace ccnet
