#pragma once
#include "step/operations/plane_convolution.h"

namespace ccnet::step {

/// A 3x3 convolution by winograd_kernel.h: a quarter of the multiplications of the direct sum, at the price
/// of transforms that pay from some sixteen channels on. The image is a list of groups, lines of tiles four
/// rows high; a group beyond the lower or right edge is filled with zeros. Where there are many groups, a
/// task takes some of them through all three stages in its cache; where there are few, or the filters are
/// large, every stage is shared out by itself, and the products by component, so that filters are read once.
class WinogradConvolution : public PlaneConvolution {
 public:
  /// Whether this beats the direct sum, and applies.
  static bool Pays(const Layout& layout, int inputs, int outputs);

  WinogradConvolution(const Layout& layout, int inputs, int outputs, WeightMap map);

  int64_t PackedFloats() const override { return Components::Size(outputs_, inputs_); }
  int64_t ForwardScratch() const override { return local_ ? 0 : SharedFloats(); }
  int64_t InputScratch() const override { return Components::Size(inputs_, outputs_) + ForwardScratch(); }
  int64_t FilterScratch() const override {
    return chunks_ * PackedFloats() + (local_filters_ ? 0 : SharedFloats());
  }
  int64_t ThreadFloats() const override { return LocalFloats(local_ ? per_piece_ : 0); }
  int64_t Parts() const override { return groups_; }
  void Pack(const Kernels&, const float* weights, const float* scale, float* packed) const override;
  void Forward(const Kernels&, const Planes& x, const Planes& y, const float* packed, float* scratch,
               const Epilogue&) const override;
  void InputGradient(const Kernels&, const Planes& dy, const Planes& dx, const float* weights, float* scratch,
                     bool accumulate) const override;
  void FilterGradient(const Kernels&, const Planes& x, const Planes& dy, float* scratch,
                      float* gradient) const override;

 private:
  /// 36 matrices in blocks of columns (BlockProduct): tiles by channels, or input by output channels.
  struct Components {
    float* data;
    int64_t block, component;  ///< floats between blocks and between components
    static Components Of(float* data, int columns, int64_t rows);
    static int64_t Size(int columns, int64_t rows);
  };
  /// Groups [first, first + count) of the image.
  struct Groups {
    int64_t first, count;
  };
  int64_t RowFloats() const;
  int64_t SharedFloats() const;
  int64_t LocalFloats(int64_t groups) const;
  Groups Piece(int64_t piece) const;
  /// Components of tiles of `groups`, at `data`.
  Components Tiles(float* data, int channels, const Groups& groups) const {
    return Components::Of(data, channels, groups.count * columns_);
  }

  template <class Weight>
  void PackFilters(const Kernels&, const Components& packed, int inputs, int outputs, Weight weight) const;
  void Transform(const Kernels&, const Planes& from, bool gradient, const Groups&, int block, float* rows,
                 const Components& to, int64_t tile) const;
  void Store(const Kernels&, const Components& from, const Groups&, int64_t tile, int block, const Planes& y,
             float* rows, const Epilogue&) const;
  template <class Body>
  void ForStrips(const Groups&, int channels, Body body) const;
  void Run(const Kernels&, const Planes& x, const Planes& y, const float* packed, float* scratch,
           const Epilogue&) const;
  void Combine(const Kernels&, const Components& sums, float* gradient) const;

  const Layout& layout_;
  int inputs_, outputs_;
  WeightMap map_;
  int64_t columns_;                      // tiles of a group
  int64_t groups_, per_piece_, pieces_;  // groups of a local piece
  int64_t shared_;                       // groups whose components fit the shared scratch memory
  int64_t chunks_;                       // of pieces, with filter gradients of their own
  bool local_, local_filters_;
};

}  // namespace ccnet::step
