#pragma once
#include "operation.h"
#include "plane_convolution.h"

namespace ccnet::step {

/// BatchNormalization over the channel axis, with the ReLU that follows it where there is one. In training it
/// uses the batch statistics and moves the averages as TensorFlow.js does: moving -= (moving - batch) * (1 -
/// momentum), with the biased batch variance.
class BatchNormOperation : public Operation {
 public:
  BatchNormOperation(const Layer& layer, const Layout& layout);

  void Forward(Environment&) override;
  void Backward(Environment&) override;

  /// Room for the statistics of `ranges` ranges of each channel, which the producer of the input fills.
  PartialMoments* Partial(int64_t ranges);

 private:
  void TakeMoments(const Kernels& kernels);

  const Layer& layer_;
  const Layout& layout_;
  std::vector<PartialMoments> moments_;
  int64_t ranges_ = 0;
  std::vector<BatchNormCoefficients> coefficients_;
  std::vector<float> inverse_deviation_;
};

}  // namespace ccnet::step
