#pragma once
#include <vector>

namespace ccnet {

/// Signals that one call transforms side by side; sample i of all of them lies contiguously, so that every
/// butterfly is a vector operation with a scalar twiddle.
constexpr int kFftLanes = 8;

/// Forward complex DFT of kFftLanes signals of one power-of-two length, unnormalised: X[k] = sum x[n] e^(-2
/// pi i n k / N).
class LaneFft {
 public:
  /// `length`: a power of two, at least 1.
  explicit LaneFft(int length);

  int Length() const { return length_; }

  /// Transforms re and im (length x kFftLanes each) in place, in natural order. Not reentrant: one object per
  /// thread.
  void Transform(float* re, float* im);

 private:
  int length_;
  std::vector<float> cos_, sin_;
  std::vector<float> work_re_, work_im_;
};

}  // namespace ccnet
