#pragma once
#include "step/operations/plane_convolution.h"

namespace ccnet::step {

/// Any kernel, summed directly: for each tap, one loop over flat positions.
class FlatConvolution : public PlaneConvolution {
 public:
  /// offsets[t]: displacement of tap t in positions; at most layout.halo rows and columns.
  FlatConvolution(const Layout& layout, int inputs, int outputs, std::vector<int64_t> offsets, WeightMap map);

  int64_t PackedFloats() const override { return PackedSize(); }
  int64_t ForwardScratch() const override { return 0; }
  int64_t InputScratch() const override { return PackedSize(); }
  int64_t FilterScratch() const override { return chunks_ * PackedSize(); }
  int64_t ThreadFloats() const override { return 0; }
  int64_t Parts() const override { return ranges_; }
  void Pack(const Kernels&, const float* weights, const float* scale, float* packed) const override;
  void Forward(const Kernels&, const Planes& x, const Planes& y, const float* packed, float* scratch,
               const Epilogue&) const override;
  void InputGradient(const Kernels&, const Planes& dy, const Planes& dx, const float* weights, float* packed,
                     bool accumulate) const override;
  void FilterGradient(const Kernels&, const Planes& x, const Planes& dy, float* partial,
                      float* gradient) const override;

 private:
  int64_t PackedSize() const { return static_cast<int64_t>(inputs_) * outputs_ * taps_; }
  void Run(const Kernels&, const Planes& x, const Planes& y, const std::vector<int64_t>& offsets,
           const std::vector<ChannelBlock>& blocks, const float* packed, const Epilogue&) const;

  const Layout& layout_;
  int inputs_, outputs_, taps_;
  std::vector<int64_t> offsets_, reversed_;
  WeightMap map_;
  std::vector<ChannelBlock> output_blocks_, input_blocks_;
  int64_t range_, ranges_, chunk_, chunks_;
};

}  // namespace ccnet::step
