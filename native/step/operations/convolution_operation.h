#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "step/operations/folded_norm.h"
#include "step/operations/operation.h"
#include "step/operations/plane_convolution.h"

namespace ccnet::step {

class BatchNormOperation;

/// Conv2D with stride 1 and 'same' padding, with bias and ReLU where the layer has them.
class ConvolutionOperation : public Operation {
 public:
  /// @param norm  in inference: the batch norm to fold in; in training: null.
  ConvolutionOperation(const Layer& layer, const Layer* norm, const Layout& layout, int inputs,
                       bool training);

  void Forward(Environment&) override;
  void Backward(Environment&) override;
  int64_t ForwardScratch() const override;
  int64_t BackwardScratch() const override;
  int64_t ThreadFloats() const override { return convolution_->ThreadFloats(); }
  int64_t KeptBytes() const override { return KeptFloats() * static_cast<int64_t>(sizeof(float)); }
  void Allocate() override { filters_.resize(static_cast<size_t>(KeptFloats())); }

  /// Parts of a channel whose statistics it leaves to the batch norm that follows.
  int64_t Parts() const { return convolution_->Parts(); }

  /// The batch norm that follows; its batch statistics are taken while the output is in the cache.
  BatchNormOperation* statistics = nullptr;

 private:
  int64_t KeptFloats() const { return keep_filters_ ? convolution_->PackedFloats() : 0; }

  const Layer& layer_;
  const Layer* norm_;
  std::unique_ptr<PlaneConvolution> convolution_;
  /// In inference: the filters as the convolution reads them, of the weights' version.
  bool keep_filters_;
  std::vector<float> filters_;
  int64_t filters_version_ = -1;
  std::optional<FoldedNorm> folded_;
};

}  // namespace ccnet::step
