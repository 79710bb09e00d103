#pragma once
#include <cstdint>

namespace ccnet {

/// A 2-D convolution. Images are NHWC, the filter is [filterHeight, filterWidth, inChannels, outChannels].
/// Output pixel (y, x) sees input pixels (y * strideHeight + ky * dilationHeight - padTop, ...); what lies
/// outside is zero, so padding at the bottom and right follows from the output's size.
struct ConvolutionGeometry {
  int64_t batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels;
  int64_t filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padTop,
      padLeft;
};

/// y = x convolved with filter.
void ConvolutionForward(const ConvolutionGeometry& g, const float* x, const float* filter, float* y);

/// dx from dy and filter. Also the forward pass of a transposed convolution. The input is divided into
/// strideHeight x strideWidth phases; all pixels of a phase meet the same taps, so each phase is a dense
/// convolution of dy by a part of the filter and no multiplication by an inserted zero takes place.
void ConvolutionInputGradient(const ConvolutionGeometry& g, const float* dy, const float* filter, float* dx);

/// dfilter from x and dy.
void ConvolutionFilterGradient(const ConvolutionGeometry& g, const float* x, const float* dy, float* dfilter);

}  // namespace ccnet
