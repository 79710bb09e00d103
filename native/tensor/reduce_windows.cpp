#include "reduce_windows.h"

#include <algorithm>

#include "scratch.h"
#include "thread_pool.h"

namespace ccnet {
namespace {

constexpr int64_t kWantedTasks = 32;
// Positions summed in registers before a tile of the result is touched.
constexpr int64_t kChunk = 128;
constexpr int64_t kColumnBlock = 512;
// A part must be worth the pass that adds its result; all parts together take at most 16 MB.
constexpr int64_t kLeastPart = 8 * kChunk;
constexpr int64_t kMostPartialFloats = int64_t{1} << 22;

int64_t CeilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

struct Blocking {
  int64_t rows, parts, partLength;
};

Blocking ChooseBlocking(int64_t depth, int64_t columns, int64_t positions, int tileRows) {
  const int64_t columnBlocks = CeilDiv(columns, kColumnBlock);
  int64_t tiles = 224 / tileRows;
  const auto blocks = [&] { return CeilDiv(depth, tiles * tileRows) * columnBlocks; };
  const int64_t mostParts = std::min(positions / kLeastPart, kMostPartialFloats / (depth * columns));
  const int64_t parts =
      std::clamp<int64_t>(CeilDiv(kWantedTasks, blocks()), 1, std::max<int64_t>(1, mostParts));
  while (blocks() * parts < kWantedTasks && tiles > 4) --tiles;
  const int64_t rows = CeilDiv(CeilDiv(depth, CeilDiv(depth, tiles * tileRows)), tileRows) * tileRows;
  const int64_t partLength = CeilDiv(CeilDiv(positions, parts), kChunk) * kChunk;
  return {rows, CeilDiv(positions, partLength), partLength};
}

// Rows [begin, end) of `right`, columns of one block, packed into panels for the tiles.
struct RightChunk {
  const Kernels& kernels;
  const RightMatrix& right;
  int64_t positions, first, columns;

  int64_t Width() const { return 2 * kernels.lanes; }
  int64_t Panels() const { return CeilDiv(columns, Width()); }
  int64_t Columns(int64_t panel) const { return std::min(Width(), columns - panel * Width()); }
  int Vectors(int64_t panel) const { return Columns(panel) <= kernels.lanes ? 1 : 2; }

  void Pack(int64_t begin, int64_t end, float* out) const {
    for (int64_t panel = 0; panel < Panels(); ++panel) {
      const int64_t column = first + panel * Width(), width = Vectors(panel) * kernels.lanes;
      float* to = out + panel * Width() * kChunk;
      if (right.transposed) {
        kernels.packTransposed(right.data + column * positions + begin, positions, end - begin,
                               Columns(panel), width, to);
      } else {
        kernels.packColumns(right.data + begin * right.columns + column, right.columns, end - begin,
                            Columns(panel), width, to);
      }
    }
  }
};

void AddParts(const float* parts, int64_t count, int64_t size, float* out) {
  ParallelFor(size, 4096, [&](int64_t begin, int64_t end) {
    std::copy(parts + begin, parts + end, out + begin);
    for (int64_t part = 1; part < count; ++part) {
      const float* from = parts + part * size;
      for (int64_t i = begin; i < end; ++i) out[i] += from[i];
    }
  });
}

}  // namespace

void ReduceWindows(const Windows& source, const std::vector<Tap>& taps, int64_t batch,
                   const RightMatrix& right, float* out) {
  const Windows windows = WithTapRange(source, taps);
  const int64_t positions = batch * windows.gridHeight * windows.gridWidth;
  const int64_t depth = static_cast<int64_t>(taps.size()) * windows.channels;
  const int64_t size = depth * right.columns;
  if (size == 0) return;
  if (positions == 0) {
    std::fill(out, out + size, 0.0f);
    return;
  }

  const Kernels& kernels = ActiveKernels();
  const Blocking blocking = ChooseBlocking(depth, right.columns, positions, kernels.tileRows);
  std::vector<WindowSegments> segments;
  for (int64_t k = 0; k < depth; k += blocking.rows) {
    segments.emplace_back(windows, taps, k, std::min(depth, k + blocking.rows));
  }
  const int64_t rowBlocks = static_cast<int64_t>(segments.size());
  const int64_t columnBlocks = CeilDiv(right.columns, kColumnBlock);
  float* results = blocking.parts == 1 ? out : ScratchFloats(ScratchUse::kPartialSums, blocking.parts * size);

  ParallelFor(blocking.parts * rowBlocks * columnBlocks, 1, [&](int64_t task, int64_t) {
    const int64_t columnBlock = task % columnBlocks, rowBlock = task / columnBlocks % rowBlocks;
    const int64_t part = task / columnBlocks / rowBlocks;
    const int64_t begin = part * blocking.partLength;
    const int64_t end = std::min(positions, begin + blocking.partLength);
    const int64_t firstRow = rowBlock * blocking.rows, rows = std::min(blocking.rows, depth - firstRow);
    const int64_t firstColumn = columnBlock * kColumnBlock;
    const RightChunk chunk{kernels, right, positions, firstColumn,
                           std::min(kColumnBlock, right.columns - firstColumn)};
    const WindowSegments& s = segments[static_cast<size_t>(rowBlock)];
    float* left = ScratchFloats(ScratchUse::kPackedLeft, kChunk * kPanelStride);
    float* panels = ScratchFloats(ScratchUse::kPackedChunk, chunk.Panels() * chunk.Width() * kChunk);
    auto** pointers = static_cast<float**>(
        ScratchBytes(ScratchUse::kRowPointers, rows * static_cast<int64_t>(sizeof(float*))));
    for (int64_t r = 0; r < rows; ++r) {
      pointers[r] = results + part * size + (firstRow + r) * right.columns + firstColumn;
    }
    for (int64_t p = begin; p < end; p += kChunk) {
      const int64_t length = std::min(kChunk, end - p);
      kernels.packWindows(windows, p, p + length, s.whole.data(), static_cast<int64_t>(s.whole.size()),
                          s.split.data(), static_cast<int64_t>(s.split.size()), left);
      chunk.Pack(p, p + length, panels);
      for (int64_t panel = 0; panel < chunk.Panels(); ++panel) {
        for (int64_t row = 0; row < rows; row += kernels.tileRows) {
          const int64_t tile = std::min<int64_t>(kernels.tileRows, rows - row);
          kernels.columnMajor[chunk.Vectors(panel) - 1][tile - 1](
              length, left + row, kPanelStride, panels + panel * chunk.Width() * kChunk, pointers + row,
              panel * chunk.Width(), chunk.Columns(panel), p > begin);
        }
      }
    }
  });
  if (blocking.parts > 1) AddParts(results, blocking.parts, size, out);
}

}  // namespace ccnet
