#pragma once
#include <cstdint>

#include "step/plan/layout.h"

namespace ccnet::step {

/// One block of output channels of a flat convolution over positions [begin, end), multiples of
/// Layout::kLane: output[o][p] (+)= bias[o] + sum over i, t of weights[i][t][o] * input[i][p + offsets[t]],
/// zero outside the images.
struct ConvolutionTile {
  const float* input;
  int64_t stride;  ///< floats between input channels
  int inputs;
  float* output;
  int64_t outputStride;
  int outputs;  ///< 1 to kConvolutionBlock
  const int64_t* offsets;
  int taps;
  const float* weights;
  const float* bias;     ///< null for none
  const uint16_t* mask;  ///< null: every position is written
  bool relu, accumulate;
  int64_t begin, end;
};
constexpr int kConvolutionBlock = 4;

/// sums[o][j] = sum over p in [begin, end) of gradient[o][p] * inputs[j][p]: filter gradients of `outputs`
/// channels (1 to kConvolutionBlock) for `count` (input channel, tap) pairs.
struct FilterTile {
  const float* gradient;
  int64_t stride;
  int outputs;
  const float* const* inputs;
  int count;
  int64_t begin, end;
  float* sums;
  int64_t sumsStride;
  bool accumulate;
};

/// Matrices in blocks of kLane columns: element (r, k) at k / kLane * block + r * kLane + k % kLane.
struct BlockProduct {
  const float *a, *b;
  float* c;
  int64_t aBlock, bBlock, cBlock;  ///< floats between blocks of columns
  int64_t rows, depth;             ///< of C, and of the sums
  int64_t blocks;                  ///< blocks of columns of B and C
  bool accumulate;
};

/// A line of tiles of kLane channels: 6x6 inputs (or 4x4 outputs or their gradients), four columns apart, and
/// their 36 Winograd components (winograd_kernel.h).
struct WinogradTiles {
  float* rows[6];  ///< of pixels with kLane channels side by side
  int64_t tiles;
  float* components;  ///< component c of tile t at c * stride + t * kLane
  int64_t stride;
};

struct BatchNormCoefficients {
  float scale, shift, mean;           ///< normalised = x * scale + shift
  float gradientMean, gradientSlope;  ///< dx = scale * (g - gradientMean - (x - mean) * gradientSlope)
};

/// The inner loops of a step for one instruction set. Positions are multiples of Layout::kLane; `relu` of the
/// batch norm kernels says that a ReLU follows.
struct Kernels {
  const char* name;
  void (*convolution)(const ConvolutionTile&);
  void (*filterGradient)(const FilterTile&);
  /// C (+)= A B, and C (+)= A^T B.
  void (*product)(const BlockProduct&);
  void (*productTransposed)(const BlockProduct&);
  /// rows <- kLane (or fewer) planes `stride` apart, and back; up to kLane - 1 columns beyond the width are
  /// written to `rows` and read from it.
  void (*toChannelLast)(const float* x, int64_t stride, int channels, float* rows, int64_t width);
  void (*fromChannelLast)(const float* rows, float* y, int64_t stride, int channels, int64_t width,
                          bool accumulate);
  /// components <- rows of inputs, and of an output gradient.
  void (*winogradInput)(const WinogradTiles&);
  void (*winogradGradient)(const WinogradTiles&);
  /// rows <- components + bias of each channel.
  void (*winogradOutput)(const WinogradTiles&, const float* bias, bool relu);
  /// components <- 3x3 taps of kLane filters; and taps <- the sum of `parts` sets of components.
  void (*winogradFilter)(const float* taps, float* components, int64_t stride);
  void (*winogradFilterGradient)(const float* components, int64_t stride, int64_t parts, int64_t partStride,
                                 float* taps);
  /// moments = {sum, sum of squares about the mean} of `rows` rows of `width` values.
  void (*rowMoments)(const float* x, int64_t pitch, int64_t width, int rows, float moments[2]);
  float (*sum)(const float* x, int64_t count);
  /// Sum of squares of x - mean inside the images.
  float (*squares)(const float* x, float mean, const uint16_t* mask, int64_t begin, int64_t end);
  void (*normalize)(const float* x, float* y, const BatchNormCoefficients&, bool relu, const uint16_t* mask,
                    int64_t begin, int64_t end);
  /// sums = {sum of g, sum of g * (x - mean)} with g the gradient before the ReLU.
  void (*normalizeSums)(const float* x, const float* dy, const BatchNormCoefficients&, bool relu,
                        int64_t begin, int64_t end, float sums[2]);
  void (*normalizeGradient)(const float* x, const float* dy, float* dx, const BatchNormCoefficients&,
                            bool relu, bool accumulate, const uint16_t* mask, int64_t begin, int64_t end);
  void (*relu)(const float* x, float* y, int64_t count);
  /// dx (+)= y > 0 ? dy : 0
  void (*reluGradient)(const float* y, const float* dy, float* dx, bool accumulate, int64_t count);
  /// y (+)= x
  void (*copy)(const float* x, float* y, bool accumulate, int64_t count);
  /// y (+)= x where bernoulli draw (seed, position) keeps it, scaled by 1 / (1 - rate).
  void (*dropout)(const float* x, float* y, bool accumulate, float rate, uint32_t seed, uint32_t position,
                  int64_t count);
  /// One row of 2x2 max pooling of stride 2: two input rows to `width` outputs.
  void (*maxPool)(const float* above, const float* below, float* y, int64_t width);
  /// Routes dy to the first maximum of each window; writes (or adds to) 2 * width values of both rows.
  void (*maxPoolGradient)(const float* above, const float* below, const float* dy, float* dabove,
                          float* dbelow, bool accumulate, int64_t width);
  /// out[i * step] = in[i], and back.
  void (*spread)(const float* in, float* out, int step, int64_t count);
  void (*gather)(const float* in, float* out, int step, int64_t count);
  /// out[c][i] = in[3 i + c]
  void (*splitColors)(const float* in, float* const out[3], int64_t count);
  /// out = a0 b0 a1 b1 ..., and back, for `count` pairs.
  void (*interleave)(const float* a, const float* b, float* out, int64_t count);
  void (*deinterleave)(const float* in, float* a, float* b, int64_t count);
  /// One row of the loss: probability[i] = sigmoid(l1[i] - l0[i]) and sums += {weighted cross-entropy, p * y,
  /// p}.
  void (*lossRow)(const float* l0, const float* l1, const uint8_t* mask, float foregroundWeight,
                  float* probability, int64_t count, double sums[3]);
  /// g = dloss/dl1 = -dloss/dl0, from p and {1 / sum of weights, (2 I + 1) / D^2, 2 / D} of the Dice term.
  void (*lossGradientRow)(const float* probability, const uint8_t* mask, float foregroundWeight,
                          const float terms[3], float* g0, float* g1, int64_t count);
  void (*sigmoidRow)(const float* l0, const float* l1, float* probability, int64_t count);
  /// Adam with the bias corrections 1 - beta1^t and 1 - beta2^t.
  void (*adam)(float* value, float* m, float* v, const float* gradient, float rate, float correction1,
               float correction2, int64_t count);
  /// Operations of independent multiply-adds in registers: the peak that the others are measured against.
  double (*multiplyAdds)(int64_t iterations);
};

/// The fastest set that this processor has.
const Kernels& BestKernels();

/// "avx512", "avx2" or "baseline", or null when this build or processor lacks it.
const Kernels* KernelsByName(const char* name);

extern const Kernels kBaselineKernels;
#if defined(__x86_64__) || defined(_M_X64)
extern const Kernels kAvx2Kernels, kAvx512Kernels;
#endif

}  // namespace ccnet::step
