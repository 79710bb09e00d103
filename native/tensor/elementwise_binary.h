#pragma once
#include <cstdint>
#include <vector>

#include "tensor/elementwise.h"

namespace ccnet {

/// Broadcast of two contiguous operands to a contiguous output, neighbouring dimensions merged: strides are
/// in elements, 0 where an operand repeats.
struct BroadcastLayout {
  std::vector<int64_t> dims, aStrides, bStrides;
};

/// One run of n outputs; strides are 0 or 1.
template <class In, class Out, class F>
void BinaryRun(const In* a, int64_t aStride, const In* b, int64_t bStride, Out* y, int64_t n, F f) {
  if (aStride != 0 && bStride != 0) {
    for (int64_t i = 0; i < n; ++i) y[i] = f(a[i], b[i]);
  } else if (bStride == 0) {
    const In value = *b;
    for (int64_t i = 0; i < n; ++i) y[i] = f(a[i * aStride], value);
  } else {
    const In value = *a;
    for (int64_t i = 0; i < n; ++i) y[i] = f(value, b[i]);
  }
}

/// A matrix of `rows` x `columns` and one row (per-channel last dimension). Few channels make for short
/// loops, so the row is written out `repeat` times and several rows of the matrix are handled as one run.
template <class In, class Out, class F>
void BinaryPerChannel(const In* matrix, const In* row, Out* y, int64_t rows, int64_t columns, F f) {
  const int64_t repeat = columns >= 128 ? 1 : (256 + columns - 1) / columns;
  const int64_t width = repeat * columns;
  std::vector<In> tiled(static_cast<size_t>(width));
  for (int64_t i = 0; i < width; ++i) tiled[static_cast<size_t>(i)] = row[i % columns];
  const In* repeated = tiled.data();
  const int64_t total = rows * columns;
  const int64_t grain = (kElementGrain + width - 1) / width;
  ParallelFor((total + width - 1) / width, grain, [=](int64_t begin, int64_t end) {
    for (int64_t block = begin; block < end; ++block) {
      const int64_t start = block * width;
      const int64_t n = total - start < width ? total - start : width;
      BinaryRun(matrix + start, 1, repeated, 1, y + start, n, f);
    }
  });
}

/// y = f(a, b) under a broadcast layout.
template <class In, class Out, class F>
void Binary(const In* a, const In* b, Out* y, const BroadcastLayout& layout, F f) {
  const size_t rank = layout.dims.size();
  const int64_t inner = layout.dims[rank - 1];
  const int64_t aInner = layout.aStrides[rank - 1];
  const int64_t bInner = layout.bStrides[rank - 1];
  if (rank == 1) {
    ParallelFor(inner, kElementGrain, [=](int64_t begin, int64_t end) {
      BinaryRun(a + begin * aInner, aInner, b + begin * bInner, bInner, y + begin, end - begin, f);
    });
    return;
  }
  if (rank == 2 && aInner == 1 && bInner == 1 && layout.bStrides[0] == 0) {
    BinaryPerChannel(a, b, y, layout.dims[0], inner, f);
    return;
  }
  if (rank == 2 && aInner == 1 && bInner == 1 && layout.aStrides[0] == 0) {
    BinaryPerChannel(b, a, y, layout.dims[0], inner, [f](In x, In z) { return f(z, x); });
    return;
  }
  int64_t outer = 1;
  for (size_t d = 0; d + 1 < rank; ++d) outer *= layout.dims[d];
  const int64_t grain = inner >= kElementGrain ? 1 : kElementGrain / inner;
  ParallelFor(outer, grain, [&](int64_t begin, int64_t end) {
    for (int64_t index = begin; index < end; ++index) {
      int64_t rest = index, aOffset = 0, bOffset = 0;
      for (size_t d = rank - 1; d-- > 0;) {
        const int64_t at = rest % layout.dims[d];
        rest /= layout.dims[d];
        aOffset += at * layout.aStrides[d];
        bOffset += at * layout.bStrides[d];
      }
      BinaryRun(a + aOffset, aInner, b + bOffset, bInner, y + index * inner, inner, f);
    }
  });
}

}  // namespace ccnet
