#include "convolution.h"

#include <algorithm>
#include <vector>

#include "multiply_windows.h"
#include "reduce_windows.h"

namespace ccnet {
namespace {

std::vector<Tap> ForwardTaps(const ConvolutionGeometry& g) {
  std::vector<Tap> taps;
  for (int64_t ky = 0; ky < g.filterHeight; ++ky) {
    for (int64_t kx = 0; kx < g.filterWidth; ++kx) {
      taps.push_back({static_cast<int32_t>(ky * g.dilationHeight - g.padTop),
                      static_cast<int32_t>(kx * g.dilationWidth - g.padLeft), ky * g.filterWidth + kx});
    }
  }
  return taps;
}

Windows InputWindows(const ConvolutionGeometry& g, const float* x) {
  Windows windows{};
  windows.source = x;
  windows.height = g.inHeight;
  windows.width = g.inWidth;
  windows.channels = g.inChannels;
  windows.gridHeight = g.outHeight;
  windows.gridWidth = g.outWidth;
  windows.strideHeight = g.strideHeight;
  windows.strideWidth = g.strideWidth;
  return windows;
}

// Tap k of one dimension as seen from input pixels of `phase`: the offset from pixel / stride to the output
// pixel that used this input pixel with tap k; false if no pixel of the phase was used with it.
bool OffsetInPhase(int64_t phase, int64_t pad, int64_t k, int64_t dilation, int64_t stride, int64_t& offset) {
  const int64_t distance = phase + pad - k * dilation;
  if (distance % stride != 0) return false;
  offset = distance / stride;
  return true;
}

// In reverse order of the filter, so that taps that are neighbours in dy are neighbours in the list.
std::vector<Tap> PhaseTaps(const ConvolutionGeometry& g, int64_t phaseY, int64_t phaseX) {
  std::vector<Tap> taps;
  int64_t dy, dx;
  for (int64_t ky = g.filterHeight - 1; ky >= 0; --ky) {
    if (!OffsetInPhase(phaseY, g.padTop, ky, g.dilationHeight, g.strideHeight, dy)) continue;
    for (int64_t kx = g.filterWidth - 1; kx >= 0; --kx) {
      if (!OffsetInPhase(phaseX, g.padLeft, kx, g.dilationWidth, g.strideWidth, dx)) continue;
      taps.push_back({static_cast<int32_t>(dy), static_cast<int32_t>(dx), ky * g.filterWidth + kx});
    }
  }
  return taps;
}

}  // namespace

void ConvolutionForward(const ConvolutionGeometry& g, const float* x, const float* filter, float* y) {
  MultiplyWindows(InputWindows(g, x), ForwardTaps(g), g.batch, {filter, g.outChannels, false},
                  {y, g.outHeight, g.outWidth, 1, 1, 0, 0});
}

void ConvolutionInputGradient(const ConvolutionGeometry& g, const float* dy, const float* filter, float* dx) {
  for (int64_t phaseY = 0; phaseY < std::min(g.strideHeight, g.inHeight); ++phaseY) {
    for (int64_t phaseX = 0; phaseX < std::min(g.strideWidth, g.inWidth); ++phaseX) {
      Windows windows{};
      windows.source = dy;
      windows.height = g.outHeight;
      windows.width = g.outWidth;
      windows.channels = g.outChannels;
      windows.gridHeight = (g.inHeight - phaseY + g.strideHeight - 1) / g.strideHeight;
      windows.gridWidth = (g.inWidth - phaseX + g.strideWidth - 1) / g.strideWidth;
      windows.strideHeight = windows.strideWidth = 1;
      MultiplyWindows(windows, PhaseTaps(g, phaseY, phaseX), g.batch, {filter, g.inChannels, true},
                      {dx, g.inHeight, g.inWidth, g.strideHeight, g.strideWidth, phaseY, phaseX});
    }
  }
}

void ConvolutionFilterGradient(const ConvolutionGeometry& g, const float* x, const float* dy,
                               float* dfilter) {
  ReduceWindows(InputWindows(g, x), ForwardTaps(g), g.batch, {dy, g.outChannels, false}, dfilter);
}

}  // namespace ccnet
