#pragma once
#include <cstdint>

// The inner loops of native/tensor, compiled once per instruction set (kernels_*.cpp) and reached through one
// table. The headers named *_inner.h hold their text. They use no templates or inline functions of the
// standard library: the linker keeps one copy of such a function, and it might be the one that a lesser
// processor cannot execute.

namespace ccnet {

/// Floats between two rows of a packed left panel, and the longest stretch of the sum that one panel holds.
/// The stride is a compile-time constant so that all rows of a tile are reached from one pointer, and an odd
/// number of cache lines so that they spread over the sets of the first-level cache.
constexpr int64_t kPanelDepth = 320;
constexpr int64_t kPanelStride = 336;

/// Rows of the widest tile of any instruction set.
constexpr int kMaxTileRows = 14;

/// One rows x columns tile of C (+)= A * B, where B is packed as [depth][vectors * lanes] and `columns` of
/// its columns are real. A's element (row, k) is a[row * kPanelStride + k] (row-major tiles) or a[k * stride
/// + row] (column-major tiles). Row r of the tile is written at c[r] + column; C is added to when
/// `accumulate`, else overwritten.
using TileKernel = void (*)(int64_t depth, const float* a, int64_t stride, const float* b, float* const* c,
                            int64_t column, int64_t columns, bool accumulate);

/// A stretch of floats of one packed row: where it begins in the source pixel (dy, dx from the row's own
/// pixel, `delta` floats from it) and in the packed row.
struct Segment {
  int32_t dy, dx, offset, length;
  int64_t delta;
};

/// An NHWC image and the grid of positions whose windows are packed; grid position (n, y, x) looks at source
/// pixel (n, y * strideHeight + dy, x * strideWidth + dx), zero outside the image.
struct Windows {
  const float* source;
  int64_t height, width, channels;
  int64_t gridHeight, gridWidth, strideHeight, strideWidth;
  int64_t minDy, maxDy, minDx, maxDx;
};

/// 2-D pooling, NHWC. Padding takes no part: not in a maximum and not in the count of an average.
struct PoolGeometry {
  int64_t batch, inHeight, inWidth, channels, outHeight, outWidth;
  int64_t windowHeight, windowWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padTop,
      padLeft;
};

struct Kernels {
  /// Floats in a vector, and rows of a full tile; a full tile is two vectors wide.
  int lanes, tileRows;
  /// [vectors - 1][rows - 1]
  TileKernel rowMajor[2][kMaxTileRows], columnMajor[2][kMaxTileRows];

  /// Packs windows of grid positions [begin, end) into rows of kPanelStride floats. `whole` has the longest
  /// stretches and serves windows inside the image; `split` has one pixel per segment and serves those that
  /// touch the border.
  void (*packWindows)(const Windows& windows, int64_t begin, int64_t end, const Segment* whole,
                      int64_t wholeCount, const Segment* split, int64_t splitCount, float* out);
  /// Copies `columns` <= width columns of `rows` rows that are `stride` apart into rows of `width`,
  /// zero-filled.
  void (*packColumns)(const float* source, int64_t stride, int64_t rows, int64_t columns, int64_t width,
                      float* out);
  /// The same from a transposed matrix: element (row, column) is source[column * stride + row].
  void (*packTransposed)(const float* source, int64_t stride, int64_t rows, int64_t columns, int64_t width,
                         float* out);

  /// One output row (image, y) of pooling and its gradient; gradients are added to dx.
  void (*maxPoolRow)(const PoolGeometry& pool, const float* x, float* y, int64_t image, int64_t row);
  void (*maxPoolGradientRow)(const PoolGeometry& pool, const float* dy, const float* x, float* dx,
                             int64_t image, int64_t row);
  void (*averagePoolRow)(const PoolGeometry& pool, const float* x, float* y, int64_t image, int64_t row);
  void (*averagePoolGradientRow)(const PoolGeometry& pool, const float* dy, float* dx, int64_t image,
                                 int64_t row);

  // Batch norm sees a tensor as `count` floats in which the per-channel vectors repeat every `period` floats:
  // a multiple of the channels that is long enough to fill vector registers (batch_norm.cpp).
  /// sum[j] += x[i] over all i with i % period == j.
  void (*sumPeriod)(const float* x, int64_t count, int64_t period, float* sum);
  /// sum[j] += x[i] - shift[j], squares[j] += (x[i] - shift[j])^2.
  void (*squarePeriod)(const float* x, int64_t count, int64_t period, const float* shift, float* sum,
                       float* squares);
  /// y[i] = (x[i] - shift[j]) * scale[j] + offset[j].
  void (*normalizePeriod)(const float* x, int64_t count, int64_t period, const float* shift,
                          const float* scale, const float* offset, float* y);
  /// sum[j] += dy[i], product[j] += dy[i] * (x[i] - shift[j]).
  void (*gradientSumsPeriod)(const float* x, const float* dy, int64_t count, int64_t period,
                             const float* shift, float* sum, float* product);
  /// dx[i] = dy[i] * scale[j] + (x[i] - shift[j]) * slope[j] + offset[j].
  void (*gradientPeriod)(const float* x, const float* dy, int64_t count, int64_t period, const float* shift,
                         const float* scale, const float* slope, const float* offset, float* dx);

  /// Runs `iterations` rounds of independent multiply-adds in registers and returns how many floating-point
  /// operations that was: what the processor can do when nothing else limits it.
  double (*multiplyAddLoop)(int64_t iterations);
};

const Kernels& BaselineKernels();
const Kernels& Avx2Kernels();
const Kernels& Avx512Kernels();

/// The table of the current instruction set (cpu_features.h).
const Kernels& ActiveKernels();

}  // namespace ccnet
