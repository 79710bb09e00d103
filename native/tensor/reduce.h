#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "thread_pool.h"

namespace ccnet {

/// Reduces the middle dimension of a contiguous [outer, reduce, inner] array into [outer, inner].
///
/// The reduced dimension is cut into chunks of a fixed number of rows and the inner one into fixed blocks;
/// each chunk is reduced by one thread in one order and the partial results are joined in order. The
/// partition follows from the shape alone, so the result has the same bits at any number of threads. The many
/// partial sums also keep fp32 rounding near that of pairwise summation.
///
/// Op: `using Element`, `using Joined` (wider type that joins partial results), `static Element Start()`,
/// `static Element Step(Element, Element)`, `static Joined Join(Joined, Joined)`.
template <class Op>
class Reduction {
  using T = typename Op::Element;

 public:
  Reduction(int64_t outer, int64_t reduce, int64_t inner) : outer_(outer), reduce_(reduce), inner_(inner) {
    block_ = std::min<int64_t>(inner_, kBlock);
    blocks_ = (inner_ + block_ - 1) / block_;
    rows_ = std::max<int64_t>(1, kChunkElements / block_);
    chunks_ = (reduce_ + rows_ - 1) / rows_;
  }

  void Run(const T* x, T* y) const {
    if (chunks_ <= 1) {
      Chunks(x, y);
      return;
    }
    std::vector<T> partial(static_cast<size_t>(outer_ * chunks_ * inner_));
    Chunks(x, partial.data());
    Join(partial.data(), y);
  }

 private:
  static constexpr int64_t kBlock =
      1024;  // inner elements per task: accumulators stay in the first-level cache
  static constexpr int64_t kChunkElements = 16384;  // elements that one task reduces
  static constexpr int64_t kLanes = 64;  // independent accumulators that hide the latency of an addition

  void Chunks(const T* x, T* y) const {
    const int64_t tasks = outer_ * chunks_ * blocks_;
    const int64_t perTask = std::max<int64_t>(1, std::min(rows_, reduce_) * block_);
    ParallelFor(tasks, std::max<int64_t>(1, kChunkElements / perTask), [=](int64_t begin, int64_t end) {
      for (int64_t task = begin; task < end; ++task) {
        const int64_t block = task % blocks_, chunk = task / blocks_ % chunks_,
                      outer = task / blocks_ / chunks_;
        const int64_t first = chunk * rows_, rows = std::min(rows_, reduce_ - first);
        const int64_t column = block * block_, width = std::min(block_, inner_ - column);
        const T* in = x + (outer * reduce_ + first) * inner_ + column;
        T* out = y + (outer * chunks_ + chunk) * inner_ + column;
        if (width == inner_ && width < kLanes) {
          Narrow(in, rows, width, out);
        } else {
          Wide(in, rows, width, out);
        }
      }
    });
  }

  // Rows at least as wide as the lanes: one accumulator per column.
  void Wide(const T* in, int64_t rows, int64_t width, T* out) const {
    for (int64_t i = 0; i < width; ++i) out[i] = Op::Start();
    for (int64_t row = 0; row < rows; ++row, in += inner_) {
      for (int64_t i = 0; i < width; ++i) out[i] = Op::Step(out[i], in[i]);
    }
  }

  // Narrow contiguous rows (inner == width): as many rows at once as fill the lanes, folded in order at the
  // end.
  static void Narrow(const T* in, int64_t rows, int64_t width, T* out) {
    const int64_t together = kLanes / width, span = together * width;
    T lanes[kLanes];
    for (int64_t i = 0; i < span; ++i) lanes[i] = Op::Start();
    int64_t row = 0;
    if (span == kLanes) {
      for (; row + together <= rows; row += together, in += kLanes) {
        for (int64_t i = 0; i < kLanes; ++i) lanes[i] = Op::Step(lanes[i], in[i]);
      }
    } else {
      for (; row + together <= rows; row += together, in += span) {
        for (int64_t i = 0; i < span; ++i) lanes[i] = Op::Step(lanes[i], in[i]);
      }
    }
    for (int64_t i = 0; i < (rows - row) * width; ++i) lanes[i] = Op::Step(lanes[i], in[i]);
    for (int64_t i = 0; i < width; ++i) {
      typename Op::Joined joined = lanes[i];
      for (int64_t k = 1; k < together; ++k) joined = Op::Join(joined, lanes[k * width + i]);
      out[i] = static_cast<T>(joined);
    }
  }

  void Join(const T* partial, T* y) const {
    ParallelFor(outer_ * inner_, std::max<int64_t>(1, kChunkElements / chunks_),
                [=](int64_t begin, int64_t end) {
                  for (int64_t at = begin; at < end; ++at) {
                    const T* column = partial + at / inner_ * chunks_ * inner_ + at % inner_;
                    typename Op::Joined joined = column[0];
                    for (int64_t chunk = 1; chunk < chunks_; ++chunk)
                      joined = Op::Join(joined, column[chunk * inner_]);
                    y[at] = static_cast<T>(joined);
                  }
                });
  }

  int64_t outer_, reduce_, inner_, block_, blocks_, rows_, chunks_;
};

}  // namespace ccnet
