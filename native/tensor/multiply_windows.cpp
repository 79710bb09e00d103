#include "multiply_windows.h"

#include <algorithm>

#include "scratch.h"
#include "thread_pool.h"

namespace ccnet {
namespace {

constexpr int64_t kWantedTasks = 32;

int64_t CeilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

// The right factor packed for tiles: panels of two vectors' width, the last one of one vector if that
// suffices; panel j begins at j * width * depth.
struct PackedRight {
  const float* data;
  int64_t depth, columns, width;
  int lanes;

  int64_t Panels() const { return CeilDiv(columns, width); }
  int64_t Columns(int64_t panel) const { return std::min(width, columns - panel * width); }
  int Vectors(int64_t panel) const { return Columns(panel) <= lanes ? 1 : 2; }
  int64_t Width(int64_t panel) const { return Vectors(panel) * lanes; }
  const float* At(int64_t panel, int64_t k) const { return data + panel * width * depth + k * Width(panel); }
};

PackedRight Pack(const Kernels& kernels, const RightMatrix& right, const std::vector<Tap>& taps,
                 int64_t channels) {
  const int64_t depth = static_cast<int64_t>(taps.size()) * channels;
  PackedRight packed{nullptr, depth, right.columns, 2 * kernels.lanes, kernels.lanes};
  float* data = ScratchFloats(ScratchUse::kPackedRight, packed.Panels() * packed.width * depth);
  packed.data = data;
  const int64_t count = static_cast<int64_t>(taps.size());
  const int64_t grain = std::max<int64_t>(1, 16384 / (channels * packed.width));
  ParallelFor(packed.Panels() * count, grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t panel = i / count, tap = i % count, first = panel * packed.width;
      const float* matrix = right.data + taps[static_cast<size_t>(tap)].filter * channels * right.columns;
      float* to = data + (packed.At(panel, tap * channels) - packed.data);
      if (right.transposed) {
        kernels.packTransposed(matrix + first * channels, channels, channels, packed.Columns(panel),
                               packed.Width(panel), to);
      } else {
        kernels.packColumns(matrix + first, right.columns, channels, packed.Columns(panel),
                            packed.Width(panel), to);
      }
    }
  });
  return packed;
}

struct Blocking {
  int64_t rows, panels;
};

// Large blocks pack least; enough of them keep all cores busy to the end. Columns are divided first down to
// 128, because that leaves the right factor, the larger one in deep layers, to be read fewer times.
Blocking ChooseBlocking(int64_t positions, int64_t panels, const Kernels& kernels) {
  const int64_t narrow = std::max<int64_t>(1, 128 / (2 * kernels.lanes));
  Blocking blocking{std::max<int64_t>(1, 224 / kernels.tileRows), panels};
  const auto rows = [&] { return blocking.rows * kernels.tileRows; };
  const auto tasks = [&] { return CeilDiv(positions, rows()) * CeilDiv(panels, blocking.panels); };
  while (tasks() < kWantedTasks && blocking.panels > narrow) blocking.panels = CeilDiv(blocking.panels, 2);
  while (tasks() < kWantedTasks && blocking.rows > 4) blocking.rows = CeilDiv(blocking.rows, 2);
  // Blocks of equal size: a last block of a few rows would be a task that costs as much packing as the
  // others.
  const int64_t blocks = CeilDiv(positions, rows());
  blocking.rows = CeilDiv(CeilDiv(positions, blocks), kernels.tileRows) * kernels.tileRows;
  return blocking;
}

// Counts positions up instead of dividing each: with few channels a division costs as much as a row of the
// product.
void RowPointers(const Windows& windows, const OutputGrid& out, int64_t columns, int64_t begin, int64_t end,
                 float** rows) {
  int64_t x = begin % windows.gridWidth;
  int64_t line = begin / windows.gridWidth;
  float* row = nullptr;
  for (int64_t p = begin; p < end; ++p, ++x) {
    if (x == windows.gridWidth) {
      x = 0;
      ++line;
    }
    if (x == 0 || p == begin) {
      const int64_t y = (line % windows.gridHeight) * out.strideHeight + out.offsetY;
      const int64_t image = line / windows.gridHeight;
      row = out.data + ((image * out.height + y) * out.width + x * out.strideWidth + out.offsetX) * columns;
    }
    rows[p - begin] = row;
    row += out.strideWidth * columns;
  }
}

void ZeroOutput(const Windows& windows, const OutputGrid& out, int64_t columns, int64_t positions) {
  ParallelFor(positions, 4096, [&](int64_t begin, int64_t end) {
    for (int64_t p = begin; p < end; ++p) {
      float* row;
      RowPointers(windows, out, columns, p, p + 1, &row);
      std::fill(row, row + columns, 0.0f);
    }
  });
}

}  // namespace

void MultiplyWindows(const Windows& source, const std::vector<Tap>& taps, int64_t batch,
                     const RightMatrix& right, const OutputGrid& out) {
  const Windows windows = WithTapRange(source, taps);
  const int64_t positions = batch * windows.gridHeight * windows.gridWidth;
  const int64_t depth = static_cast<int64_t>(taps.size()) * windows.channels;
  if (positions == 0 || right.columns == 0) return;
  if (depth == 0) return ZeroOutput(windows, out, right.columns, positions);

  const Kernels& kernels = ActiveKernels();
  const PackedRight packed = Pack(kernels, right, taps, windows.channels);
  const int64_t stretches = CeilDiv(depth, kPanelDepth);
  const int64_t stretch = std::min(kPanelDepth, CeilDiv(CeilDiv(depth, stretches), 16) * 16);
  std::vector<WindowSegments> segments;
  for (int64_t k = 0; k < depth; k += stretch) {
    segments.emplace_back(windows, taps, k, std::min(depth, k + stretch));
  }

  const Blocking blocking = ChooseBlocking(positions, packed.Panels(), kernels);
  const int64_t columnBlocks = CeilDiv(packed.Panels(), blocking.panels);
  const int64_t rowBlocks = CeilDiv(positions, blocking.rows);
  ParallelFor(rowBlocks * columnBlocks, 1, [&](int64_t task, int64_t) {
    const int64_t begin = task / columnBlocks * blocking.rows;
    const int64_t end = std::min(positions, begin + blocking.rows);
    const int64_t firstPanel = task % columnBlocks * blocking.panels;
    const int64_t lastPanel = std::min(packed.Panels(), firstPanel + blocking.panels);
    float* left = ScratchFloats(ScratchUse::kPackedLeft, blocking.rows * kPanelStride);
    auto** rows = static_cast<float**>(
        ScratchBytes(ScratchUse::kRowPointers, blocking.rows * static_cast<int64_t>(sizeof(float*))));
    RowPointers(windows, out, right.columns, begin, end, rows);
    for (int64_t k = 0; k < depth; k += stretch) {
      const WindowSegments& s = segments[static_cast<size_t>(k / stretch)];
      kernels.packWindows(windows, begin, end, s.whole.data(), static_cast<int64_t>(s.whole.size()),
                          s.split.data(), static_cast<int64_t>(s.split.size()), left);
      for (int64_t panel = firstPanel; panel < lastPanel; ++panel) {
        for (int64_t row = 0; row < end - begin; row += kernels.tileRows) {
          const int64_t tile = std::min<int64_t>(kernels.tileRows, end - begin - row);
          kernels.rowMajor[packed.Vectors(panel) - 1][tile - 1](
              std::min(stretch, depth - k), left + row * kPanelStride, 0, packed.At(panel, k), rows + row,
              panel * packed.width, packed.Columns(panel), k > 0);
        }
      }
    }
  });
}

}  // namespace ccnet
