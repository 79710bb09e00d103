#pragma once
#include <cstdint>
#include <vector>

#include "window_segments.h"

namespace ccnet {

/// The right factor: per tap of the filter a matrix [channels][columns], or [columns][channels] when
/// transposed.
struct RightMatrix {
  const float* data;
  int64_t columns;
  bool transposed;
};

/// Where products go: grid position (n, y, x) is pixel (n, y * strideHeight + offsetY, x * strideWidth +
/// offsetX) of an image of `height` x `width` pixels with `columns` channels.
struct OutputGrid {
  float* data;
  int64_t height, width, strideHeight, strideWidth, offsetY, offsetX;
};

/// out[position][column] = sum over taps and channels of window(position)[tap][channel] *
/// right[tap][channel][column], for `batch` grids: a convolution whose im2col matrix exists only as panels of
/// a few hundred rows. No taps: zeros.
///
/// Loops, from the outside: blocks of positions and columns (parallel), stretches of the sum of at most
/// kPanelDepth, panels of columns, tiles of rows. A stretch of the right panel (320 x 32 floats, 40 KB) is
/// read once per block from the second-level cache or beyond and then stays in the first for all tiles of
/// rows; the packed rows (at most 224 x 336 floats, 300 KB) stay in the second-level cache for all panels.
/// Every output element is summed by one thread in an order that the geometry alone fixes.
void MultiplyWindows(const Windows& windows, const std::vector<Tap>& taps, int64_t batch,
                     const RightMatrix& right, const OutputGrid& out);

}  // namespace ccnet
