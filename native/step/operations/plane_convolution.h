#pragma once
#include <cstdint>
#include <vector>

#include "step/kernels/kernels.h"
#include "step/plan/layout.h"

namespace ccnet::step {

/// Where the weight of (output channel o, input channel i, tap t) lies in the layer's own array: a sum of
/// three terms, so that one description serves kernels [H, W, I, O], their transposes, and the phases of a
/// transposed convolution.
struct WeightMap {
  std::vector<int64_t> output, input, tap;
  int64_t At(int64_t o, int64_t i, int64_t t) const { return output[o] + input[i] + tap[t]; }
};

/// Partial batch statistics of a part of one channel.
struct PartialMoments {
  int64_t count;
  double sum, squares;  ///< squares: sum of (x - mean of the part)^2
};

/// What a convolution does to its outputs before it stores them.
struct Epilogue {
  const float* bias = nullptr;
  bool relu = false, accumulate = false;
  /// moments[o * Parts() + part], or null.
  PartialMoments* moments = nullptr;
};

/// A stride-1 'same' convolution between planes of one layout, and its two gradients. How the work is divided
/// depends on the shapes alone, so results do not depend on the number of threads.
class PlaneConvolution {
 public:
  virtual ~PlaneConvolution() = default;
  /// Floats of the filters as Forward reads them.
  virtual int64_t PackedFloats() const = 0;
  /// Floats of scratch memory for Forward, for InputGradient and for FilterGradient.
  virtual int64_t ForwardScratch() const = 0;
  virtual int64_t InputScratch() const = 0;
  virtual int64_t FilterScratch() const = 0;
  /// Floats of each thread's scratch memory for any of the three.
  virtual int64_t ThreadFloats() const = 0;
  /// Parts of a channel whose statistics Forward leaves behind.
  virtual int64_t Parts() const = 0;

  /// @param scale  multiplies the weights of each output channel: a folded batch norm; null for none
  virtual void Pack(const Kernels&, const float* weights, const float* scale, float* packed) const = 0;
  virtual void Forward(const Kernels&, const Planes& x, const Planes& y, const float* packed, float* scratch,
                       const Epilogue&) const = 0;
  virtual void InputGradient(const Kernels&, const Planes& dy, const Planes& dx, const float* weights,
                             float* scratch, bool accumulate) const = 0;
  /// Overwrites the elements of `gradient` that belong to this convolution's weights.
  virtual void FilterGradient(const Kernels&, const Planes& x, const Planes& dy, float* scratch,
                              float* gradient) const = 0;
};

/// Output channels that the kernels compute together: `count` (1 to kConvolutionBlock) from `first`.
struct ChannelBlock {
  int first, count;
};

/// Divides channels into blocks of nearly equal size.
std::vector<ChannelBlock> ChannelBlocks(int channels);

}  // namespace ccnet::step
