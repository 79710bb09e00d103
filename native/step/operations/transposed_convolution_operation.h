#pragma once
#include "step/operations/flat_convolution.h"
#include "step/operations/operation.h"

namespace ccnet::step {

/// Conv2DTranspose with kernel k >= stride s and 'same' padding. Output pixels whose coordinates have the
/// same remainders modulo s form a phase; each phase is a stride-1 convolution of the input, computed at the
/// input's resolution and interleaved.
class TransposedConvolutionOperation : public Operation {
 public:
  TransposedConvolutionOperation(const Layer& layer, const Layer* norm, const Layout& input, int inputs);

  void Forward(Environment&) override;
  void Backward(Environment&) override;
  int64_t ForwardScratch() const override;
  int64_t BackwardScratch() const override;

 private:
  /// Phases that read the same input pixels, computed together; planes of the scratch from `first`.
  struct Group {
    FlatConvolution convolution;
    int first, channels;
  };
  Planes Phases(float* scratch) const;
  void Interleave(const Kernels&, const Planes& phases, const Planes& y) const;
  void Deinterleave(const Kernels&, const Planes& y, const Planes& phases) const;

  const Layer& layer_;
  const Layer* norm_;
  const Layout& layout_;
  std::vector<Group> groups_;
  /// plane_[a * stride + b]: first scratch plane of the phase of rows a and columns b.
  std::vector<int> plane_;
};

}  // namespace ccnet::step
