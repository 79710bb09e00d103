#pragma once
#include "step/operations/operation.h"
#include "step/operations/plane_convolution.h"

namespace ccnet::step {

/// BatchNormalization over the channel axis, with the ReLU that follows it where there is one. In training it
/// uses the batch statistics and moves the averages as TensorFlow.js does: moving -= (moving - batch) * (1 -
/// momentum), with the biased batch variance.
class BatchNormOperation : public Operation {
 public:
  /// @param parts  parts of a channel whose statistics the producer of the input leaves behind (Partial), or
  /// 0
  ///               where this operation takes them
  BatchNormOperation(const Layer& layer, const Layout& layout, int64_t parts, bool training);

  void Forward(Environment&) override;
  void Backward(Environment&) override;
  void Commit(Parameters&) noexcept override;
  int64_t KeptBytes() const override;
  void Allocate() override;

  /// Where the producer of the input writes the statistics of its parts of each channel.
  PartialMoments* Partial() { return moments_.data(); }

 private:
  void TakeMoments(const Kernels& kernels);

  const Layer& layer_;
  const Layout& layout_;
  const bool training_, given_;
  const int64_t parts_;
  std::vector<PartialMoments> moments_;
  std::vector<float> variance_;  // of the batch; its mean is among the coefficients
  std::vector<float> sums_;
  std::vector<BatchNormCoefficients> coefficients_;
  std::vector<float> inverse_deviation_;
};

}  // namespace ccnet::step
