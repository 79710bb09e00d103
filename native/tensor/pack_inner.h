#pragma once
#include "kernels.h"
#include "vector_inner.h"

// Packing: copies of contiguous channels, never a transposition of the image. A window of a 3x3 convolution
// is three runs of three pixels when it lies inside the image, nine runs when it touches the border.

namespace ccnet {
namespace {

static void PackWindows(const Windows& w, int64_t begin, int64_t end, const Segment* whole,
                        int64_t wholeCount, const Segment* split, int64_t splitCount, float* out) {
  int64_t x = begin % w.gridWidth;
  int64_t y = begin / w.gridWidth % w.gridHeight;
  int64_t image = begin / w.gridWidth / w.gridHeight;
  for (int64_t p = begin; p < end; ++p, out += kPanelStride) {
    const int64_t sourceY = y * w.strideHeight, sourceX = x * w.strideWidth;
    const int64_t pixel = ((image * w.height + sourceY) * w.width + sourceX) * w.channels;
    if (sourceY + w.minDy >= 0 && sourceY + w.maxDy < w.height && sourceX + w.minDx >= 0 &&
        sourceX + w.maxDx < w.width) {
      for (int64_t s = 0; s < wholeCount; ++s) {
        CopyRun(out + whole[s].offset, w.source + (pixel + whole[s].delta), whole[s].length);
      }
    } else {
      for (int64_t s = 0; s < splitCount; ++s) {
        const int64_t row = sourceY + split[s].dy, column = sourceX + split[s].dx;
        if (row >= 0 && row < w.height && column >= 0 && column < w.width) {
          CopyRun(out + split[s].offset, w.source + (pixel + split[s].delta), split[s].length);
        } else {
          ZeroRun(out + split[s].offset, split[s].length);
        }
      }
    }
    if (++x == w.gridWidth) {
      x = 0;
      if (++y == w.gridHeight) {
        y = 0;
        ++image;
      }
    }
  }
}

static void PackColumns(const float* source, int64_t stride, int64_t rows, int64_t columns, int64_t width,
                        float* out) {
  for (int64_t r = 0; r < rows; ++r, source += stride, out += width) {
    CopyRun(out, source, columns);
    ZeroRun(out + columns, width - columns);
  }
}

static void PackTransposed(const float* source, int64_t stride, int64_t rows, int64_t columns, int64_t width,
                           float* out) {
  // Blocks of 16 rows: both the lines read and the lines written stay in the first-level cache.
  for (int64_t r0 = 0; r0 < rows; r0 += 16) {
    const int64_t count = rows - r0 < 16 ? rows - r0 : 16;
    for (int64_t c = 0; c < columns; ++c) {
      const float* in = source + c * stride + r0;
      float* to = out + r0 * width + c;
      for (int64_t r = 0; r < count; ++r) to[r * width] = in[r];
    }
    for (int64_t r = 0; r < count; ++r) ZeroRun(out + (r0 + r) * width + columns, width - columns);
  }
}

}  // namespace
}  // namespace ccnet
