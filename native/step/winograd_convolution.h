#pragma once
#include "plane_convolution.h"

namespace ccnet::step {

/// A 3x3 convolution by winograd_kernel.h: half the multiplications of the direct sum, at the price of
/// transforms that pay from some sixteen channels on. Work is divided into pieces of consecutive groups of
/// four rows. The components of a piece are planes of their own, convolved along rows by the direct kernels.
/// Where there are many pieces, each is transformed, convolved and transformed back by one task, in its
/// cache; where there are few, all are transformed first and tasks share out the output channels.
class WinogradConvolution : public PlaneConvolution {
 public:
  /// Whether this beats the direct sum (and applies: the height must be a multiple of 4).
  static bool Pays(const Layout& layout, int inputs, int outputs);

  WinogradConvolution(const Layout& layout, int inputs, int outputs, WeightMap map);

  int64_t Scratch() const override;
  int64_t FilterScratch() const override;
  int64_t Parts() const override { return groups_; }
  void Forward(const Kernels&, const Planes& x, const Planes& y, const float* weights, float* scratch,
               const Epilogue&) const override;
  void InputGradient(const Kernels&, const Planes& dy, const Planes& dx, const float* weights, float* scratch,
                     bool accumulate) const override;
  void FilterGradient(const Kernels&, const Planes& x, const Planes& dy, float* scratch,
                      float* gradient) const override;

 private:
  static constexpr int kComponents = 6;
  /// The components of all channels of one piece: component c of channel i at data + (c * channels + i) *
  /// stride_.
  struct Components {
    float* data;
    int channels;
  };
  int64_t ComponentSize(int channels) const { return kComponents * channels * stride_ + Layout::kLane; }
  int64_t WeightSize() const { return int64_t{3} * inputs_ * outputs_; }
  int64_t PieceGroups(int64_t piece) const;
  int64_t PieceLength(int64_t piece) const;
  float* Component(const Components& components, int c, int64_t channel) const {
    return components.data + (c * components.channels + channel) * stride_;
  }
  Components At(float* scratch, int channels, int64_t piece) const {
    return {scratch + piece * ComponentSize(channels) + Layout::kLane, channels};
  }
  float* GroupRows(const Planes& planes, int64_t channel, int64_t group) const;

  template <class Weight>
  void Pack(int inputs, const std::vector<ChannelBlock>& blocks, float* packed, Weight weight) const;
  void Transform(const Kernels&, const Planes& from, bool gradient, int64_t piece, int64_t channel,
                 const Components& to) const;
  void Multiply(const Kernels&, const Components& x, int64_t piece, const ChannelBlock& block,
                const float* packed, const Planes& y, const Epilogue&) const;
  void Run(const Kernels&, const Planes& x, const Planes& y, const std::vector<ChannelBlock>& blocks,
           const float* packed, float* scratch, const Epilogue&) const;
  void MultiplyFilters(const Kernels&, const Components& x, const Components& dy, int64_t piece, int c,
                       int first, int last, float* sums, bool accumulate) const;
  void CombineFilters(const float* partial, float* gradient) const;

  const Layout& layout_;
  int inputs_, outputs_;
  WeightMap map_;
  std::vector<ChannelBlock> output_blocks_, input_blocks_;
  int64_t groups_, per_piece_, pieces_, stride_, chunks_;
  bool local_, local_filters_;
};

}  // namespace ccnet::step
