#pragma once
#include <cstdint>
#include <vector>

#include "kernels.h"
#include "layout.h"

namespace ccnet::step {

/// Where the weight of (output channel o, input channel i, tap t) lies in the layer's own array: a sum of three terms,
/// so that one description serves kernels [H, W, I, O], their transposes, and the phases of a transposed convolution.
struct WeightMap {
  std::vector<int64_t> output, input, tap;
  int64_t At(int64_t o, int64_t i, int64_t t) const { return output[o] + input[i] + tap[t]; }
};

/// Partial batch statistics of one range of positions of one channel.
struct PartialMoments {
  int64_t count;
  double sum, squares;  ///< squares: sum of (x - mean of the range)^2
};

/// A stride-1 convolution between planes of one layout, and its two gradients. Tasks are ranges of positions by
/// groups of output channels, fixed by the shapes alone, so results do not depend on the number of threads.
class FlatConvolution {
 public:
  /// offsets[t]: displacement of tap t in positions; at most layout.halo rows and columns.
  FlatConvolution(const Layout& layout, int inputs, int outputs, std::vector<int64_t> offsets, WeightMap map);

  /// Floats of scratch memory for Forward and InputGradient, and for FilterGradient.
  int64_t PackedSize() const { return static_cast<int64_t>(inputs_) * outputs_ * taps_; }
  int64_t PartialSize() const { return chunks_ * PackedSize(); }
  /// Elements of the statistics that Forward can leave behind, `Ranges()` per output channel.
  int64_t Ranges() const { return ranges_; }

  struct Epilogue {
    const float* bias = nullptr;
    /// Multiplies the weights of each output channel: a folded batch norm.
    const float* scale = nullptr;
    bool relu = false, accumulate = false;
    /// moments[o * Ranges() + range], or null.
    PartialMoments* moments = nullptr;
  };
  void Forward(const Kernels&, const Planes& x, const Planes& y, const float* weights, float* packed,
               const Epilogue&) const;
  void InputGradient(const Kernels&, const Planes& dy, const Planes& dx, const float* weights, float* packed,
                     bool accumulate) const;
  /// Overwrites the elements of `gradient` that belong to this convolution's weights.
  void FilterGradient(const Kernels&, const Planes& x, const Planes& dy, float* partial, float* gradient) const;

 private:
  struct Block {
    int first, count;
  };
  static std::vector<Block> Blocks(int channels);
  void Run(const Kernels&, const Planes& x, const Planes& y, const std::vector<int64_t>& offsets,
           const std::vector<Block>& blocks, int64_t range, const float* packed, const Epilogue&) const;
  static int64_t RangeLength(const Layout& layout, int64_t work);

  const Layout& layout_;
  int inputs_, outputs_, taps_;
  std::vector<int64_t> offsets_, reversed_;
  WeightMap map_;
  std::vector<Block> output_blocks_, input_blocks_;
  int64_t range_, ranges_, reversed_range_, chunk_, chunks_;
};

}  // namespace ccnet::step
