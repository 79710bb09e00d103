#pragma once
#include <vector>

namespace ccnet {

/// Gaussian smoothing of float planes by a sampled, normalised kernel of radius 4 sigma (rounded); beyond a
/// border the plane goes on mirrored, the border's pixel twice: d c b a | a b c d | d c b a, as
/// scipy.ndimage.gaussian_filter has it. Holds the memory it works in, for one thread at a time.
class Gaussian {
 public:
  /// out = smoothed in; both of height * width, not the same array.
  void Smooth(const float* in, int width, int height, double sigma, float* out);

 private:
  std::vector<float> kernel_, padded_;
  std::vector<const float*> rows_;
};

}  // namespace ccnet
