#include "step/operations/winograd_convolution.h"

#include <algorithm>

#include "common/team.h"
#include "common/thread_scratch.h"
#include "step/operations/operation.h"

namespace ccnet::step {
namespace {

constexpr int64_t kLane = Layout::kLane;
constexpr int kRows = 4;
constexpr int kComponents = 36;
constexpr int kRowSlots = 6;
/// Fewer channels do not pay for the transforms; nor do small images, whose tiles do not fill the register
/// blocks of the products, unless their channels are many.
constexpr int kLeastChannels = 16, kLeastChannelsOfFewTiles = 64;
constexpr int64_t kTasks = 32;
/// Floats of a local piece's components, which should stay in the second-level cache, and its tiles: more
/// do not make the products faster.
constexpr int64_t kPieceFloats = int64_t{1} << 19, kPieceTiles = 128;
/// With more channels per tile of a piece, reading the filters anew for each piece costs more than passing
/// all components through memory.
constexpr int64_t kChannelsPerTile = 4;
/// Upper limits of the memory for shared components and for partial filter gradients.
constexpr int64_t kSharedFloats = int64_t{1} << 23, kPartialFloats = int64_t{1} << 22;
constexpr int64_t kLeastChunks = 4, kMostChunks = 16;
/// Tiles of a task that only transforms.
constexpr int64_t kStripTiles = 32;

int64_t Ceil(int64_t a, int64_t b) { return (a + b - 1) / b; }
int Blocks(int channels) { return static_cast<int>(Ceil(channels, kLane)); }
int ChannelsOf(int block, int channels) { return std::min<int>(kLane, channels - block * kLane); }

}  // namespace

bool WinogradConvolution::Pays(const Layout& layout, int inputs, int outputs) {
  const int64_t tiles = Ceil(layout.width, kRows) * Ceil(layout.height, kRows);
  const int channels = std::min(inputs, outputs);
  return layout.halo >= 1 && channels >= (tiles < kLane ? kLeastChannelsOfFewTiles : kLeastChannels);
}

// An odd number of cache lines between components, so that a tile's 36 do not compete for the same sets.
int64_t WinogradConvolution::Components::Size(int columns, int64_t rows) {
  return kComponents * ((Blocks(columns) * rows) | 1) * kLane;
}

WinogradConvolution::Components WinogradConvolution::Components::Of(float* data, int columns, int64_t rows) {
  return {data, rows * kLane, ((Blocks(columns) * rows) | 1) * kLane};
}

WinogradConvolution::WinogradConvolution(const Layout& layout, int inputs, int outputs, WeightMap map)
    : layout_(layout),
      inputs_(inputs),
      outputs_(outputs),
      map_(std::move(map)),
      columns_(Ceil(layout.width, kRows)),
      groups_(layout.images * Ceil(layout.height, kRows)) {
  const int64_t channels = kLane * (Blocks(inputs) + Blocks(outputs));
  const int64_t tiles = std::min(kPieceTiles, kPieceFloats / (kComponents * channels));
  per_piece_ = std::max<int64_t>(1, std::min(tiles / columns_, groups_ / kTasks));
  pieces_ = Ceil(groups_, per_piece_);
  const int64_t piece_tiles = per_piece_ * columns_;
  local_ = pieces_ > 1 && piece_tiles >= kLane && std::min(inputs, outputs) <= kChannelsPerTile * piece_tiles;
  const int64_t filters = Components::Size(outputs, inputs);
  chunks_ = std::min({kMostChunks, pieces_, kPartialFloats / filters});
  local_filters_ = local_ && chunks_ >= kLeastChunks;
  if (!local_filters_) chunks_ = 1;
  shared_ = std::clamp<int64_t>(kSharedFloats / (kComponents * channels * columns_), 1, groups_);
}

// A row of kLane channels with one column before and enough behind for whole tiles and whole vectors.
int64_t WinogradConvolution::RowFloats() const { return (Ceil(layout_.width, kLane) * kLane + 6) * kLane; }

int64_t WinogradConvolution::LocalFloats(int64_t groups) const {
  return (kRowSlots + 1) * RowFloats() + Components::Size(inputs_, groups * columns_) +
         Components::Size(outputs_, groups * columns_);
}

WinogradConvolution::Groups WinogradConvolution::Piece(int64_t piece) const {
  return {piece * per_piece_, std::min(per_piece_, groups_ - piece * per_piece_)};
}

int64_t WinogradConvolution::SharedFloats() const {
  return Components::Size(inputs_, shared_ * columns_) + Components::Size(outputs_, shared_ * columns_);
}

template <class Weight>
void WinogradConvolution::PackFilters(const Kernels& kernels, const Components& packed, int inputs,
                                      int outputs, Weight weight) const {
  const int64_t strips = Blocks(inputs);
  ForTasks(strips * Blocks(outputs), [&](int64_t task) {
    const int strip = static_cast<int>(task % strips), block = static_cast<int>(task / strips);
    const int count = ChannelsOf(block, outputs), first = static_cast<int>(block * kLane);
    float taps[9 * kLane] = {};
    for (int64_t i = strip * kLane; i < strip * kLane + ChannelsOf(strip, inputs); ++i) {
      for (int t = 0; t < 9; ++t) {
        for (int o = 0; o < count; ++o) taps[t * kLane + o] = weight(first + o, i, t);
      }
      kernels.winogradFilter(taps, packed.data + block * packed.block + i * kLane, packed.component);
    }
  });
}

// Components of kLane channels of the tiles of some groups, from tile number `tile` of `to`. Consecutive
// groups share rows, which are kept.
void WinogradConvolution::Transform(const Kernels& kernels, const Planes& from, bool gradient,
                                    const Groups& groups, int block, float* rows, const Components& to,
                                    int64_t tile) const {
  const int64_t per_image = Ceil(layout_.height, kRows), row_floats = RowFloats();
  const int64_t width = layout_.width, height = layout_.height;
  const int first = static_cast<int>(block * kLane), channels = ChannelsOf(block, from.channels);
  int64_t held[kRowSlots];
  std::fill(held, held + kRowSlots, -1);
  float* zeros = nullptr;
  for (int64_t g = groups.first; g < groups.first + groups.count; ++g, tile += columns_) {
    const int64_t image = g / per_image, top = g % per_image * kRows - (gradient ? 0 : 1);
    WinogradTiles tiles{{}, columns_, to.data + block * to.block + tile * kLane, to.component};
    for (int r = 0; r < (gradient ? kRows : kRows + 2); ++r) {
      const int64_t y = top + r;
      if (y < 0 || y >= height) {
        if (!zeros) {
          zeros = rows + kRowSlots * row_floats;
          std::fill(zeros, zeros + row_floats, 0.0f);
        }
        tiles.rows[r] = zeros;
        continue;
      }
      const int64_t slot = (y + 1) % kRowSlots;
      float* row = rows + slot * row_floats;
      if (held[slot] != image * height + y) {
        held[slot] = image * height + y;
        kernels.toChannelLast(from.Row(first, image, y), layout_.stride, channels, row + kLane, width);
        std::fill(row, row + kLane, 0.0f);
        std::fill(row + (1 + width) * kLane, row + (2 + kRows * columns_) * kLane, 0.0f);
      }
      tiles.rows[r] = gradient ? row + kLane : row;
    }
    gradient ? kernels.winogradGradient(tiles) : kernels.winogradInput(tiles);
  }
}

void WinogradConvolution::Store(const Kernels& kernels, const Components& from, const Groups& groups,
                                int64_t tile, int block, const Planes& y, float* rows,
                                const Epilogue& epilogue) const {
  const int64_t per_image = Ceil(layout_.height, kRows), row_floats = RowFloats();
  const int first = static_cast<int>(block * kLane), channels = ChannelsOf(block, y.channels);
  float bias[kLane] = {};
  if (epilogue.bias) std::copy(epilogue.bias + first, epilogue.bias + first + channels, bias);
  for (int64_t g = groups.first; g < groups.first + groups.count; ++g, tile += columns_) {
    const int64_t image = g / per_image, top = g % per_image * kRows;
    const int count = static_cast<int>(std::min<int64_t>(kRows, layout_.height - top));
    WinogradTiles tiles{{}, columns_, from.data + block * from.block + tile * kLane, from.component};
    for (int r = 0; r < kRows; ++r) tiles.rows[r] = rows + r * row_floats;
    kernels.winogradOutput(tiles, bias, epilogue.relu);
    for (int r = 0; r < count; ++r) {
      kernels.fromChannelLast(tiles.rows[r], y.Row(first, image, top + r), layout_.stride, channels,
                              layout_.width, epilogue.accumulate);
    }
    for (int c = first; c < first + channels; ++c) {
      float* written = y.Row(c, image, top);
      for (int r = 0; r < count; ++r) {
        float* row = written + r * layout_.pitch;
        std::fill(row + layout_.width, row + layout_.pitch, 0.0f);
      }
      if (top + count == layout_.height) ClearBelow(y, c, image);
      if (g == 0) ClearMargins(y, c);
      if (!epilogue.moments) continue;
      float moments[2];
      kernels.rowMoments(written, layout_.pitch, layout_.width, count, moments);
      epilogue.moments[c * groups_ + g] = {int64_t{count} * layout_.width, moments[0], moments[1]};
    }
  }
}

// Calls body(block, groups, first tile) in parallel for strips of some groups of every block of channels.
template <class Body>
void WinogradConvolution::ForStrips(const Groups& groups, int channels, Body body) const {
  const int64_t length = Ceil(kStripTiles, columns_), strips = Ceil(groups.count, length);
  ForTasks(strips * Blocks(channels), [&](int64_t task) {
    const int64_t begin = task % strips * length;
    body(static_cast<int>(task / strips),
         Groups{groups.first + begin, std::min(length, groups.count - begin)}, begin * columns_);
  });
}

void WinogradConvolution::Run(const Kernels& kernels, const Planes& x, const Planes& y, const float* packed,
                              float* scratch, const Epilogue& epilogue) const {
  const auto [_, block_floats, component_floats] = Components::Of(nullptr, y.channels, x.channels);
  const int64_t y_blocks = Blocks(y.channels);
  const auto multiply = [&](const Components& from, const Components& to, int64_t rows, int64_t c,
                            int64_t first, int64_t last) {
    kernels.product({from.data + c * from.component, packed + c * component_floats + first * block_floats,
                     to.data + c * to.component + first * to.block, from.block, block_floats, to.block, rows,
                     x.channels, last - first, false});
  };
  if (local_) {
    ForTasks(pieces_, [&](int64_t piece) {
      const Groups groups = Piece(piece);
      float* rows = ThreadScratch(LocalFloats(per_piece_));
      const Components from = Tiles(rows + (kRowSlots + 1) * RowFloats(), x.channels, groups);
      const Components to = Tiles(from.data + kComponents * from.component, y.channels, groups);
      for (int b = 0; b < Blocks(x.channels); ++b) Transform(kernels, x, false, groups, b, rows, from, 0);
      for (int64_t c = 0; c < kComponents; ++c) multiply(from, to, groups.count * columns_, c, 0, y_blocks);
      for (int b = 0; b < y_blocks; ++b) Store(kernels, to, groups, 0, b, y, rows, epilogue);
    });
    return;
  }
  const int64_t splits = std::min(y_blocks, Ceil(2 * kTasks, kComponents));
  for (int64_t first = 0; first < groups_; first += shared_) {
    const Groups groups{first, std::min(shared_, groups_ - first)};
    const Components from = Tiles(scratch, x.channels, groups);
    const Components to = Tiles(from.data + kComponents * from.component, y.channels, groups);
    ForStrips(groups, x.channels, [&](int block, const Groups& strip, int64_t tile) {
      Transform(kernels, x, false, strip, block, ThreadScratch(LocalFloats(0)), from, tile);
    });
    ForTasks(kComponents * splits, [&](int64_t task) {
      const int64_t c = task / splits, split = task % splits;
      multiply(from, to, groups.count * columns_, c, split * y_blocks / splits,
               (split + 1) * y_blocks / splits);
    });
    ForStrips(groups, y.channels, [&](int block, const Groups& strip, int64_t tile) {
      Store(kernels, to, strip, tile, block, y, ThreadScratch(LocalFloats(0)), epilogue);
    });
  }
}

void WinogradConvolution::Pack(const Kernels& kernels, const float* weights, const float* scale,
                               float* packed) const {
  PackFilters(
      kernels, Components::Of(packed, outputs_, inputs_), inputs_, outputs_,
      [&](int o, int64_t i, int tap) { return weights[map_.At(o, i, tap)] * (scale ? scale[o] : 1.0f); });
}

void WinogradConvolution::Forward(const Kernels& kernels, const Planes& x, const Planes& y,
                                  const float* packed, float* scratch, const Epilogue& epilogue) const {
  Run(kernels, x, y, packed, scratch, epilogue);
}

void WinogradConvolution::InputGradient(const Kernels& kernels, const Planes& dy, const Planes& dx,
                                        const float* weights, float* scratch, bool accumulate) const {
  PackFilters(kernels, Components::Of(scratch, inputs_, outputs_), outputs_, inputs_,
              [&](int i, int64_t o, int tap) { return weights[map_.At(static_cast<int>(o), i, 8 - tap)]; });
  Epilogue epilogue;
  epilogue.accumulate = accumulate;
  Run(kernels, dy, dx, scratch, scratch + Components::Size(inputs_, outputs_), epilogue);
}

void WinogradConvolution::FilterGradient(const Kernels& kernels, const Planes& x, const Planes& dy,
                                         float* scratch, float* gradient) const {
  const Components sums = Components::Of(scratch, outputs_, inputs_);
  const int64_t size = Components::Size(outputs_, inputs_), blocks = Blocks(outputs_);
  // sums (+)= transposed tiles of x times tiles of dy, for blocks [first, last) of output channels.
  const auto multiply = [&](const Components& from_x, const Components& from_dy, float* to, int64_t depth,
                            int64_t c, int64_t first, int64_t last, bool accumulate) {
    kernels.productTransposed({from_x.data + c * from_x.component,
                               from_dy.data + c * from_dy.component + first * from_dy.block,
                               to + c * sums.component + first * sums.block, from_x.block, from_dy.block,
                               sums.block, inputs_, depth, last - first, accumulate});
  };
  if (local_filters_) {
    ForTasks(chunks_, [&](int64_t chunk) {
      float* rows = ThreadScratch(LocalFloats(per_piece_));
      const int64_t begin = chunk * pieces_ / chunks_, end = (chunk + 1) * pieces_ / chunks_;
      for (int64_t piece = begin; piece < end; ++piece) {
        const Groups groups = Piece(piece);
        const Components from_x = Tiles(rows + (kRowSlots + 1) * RowFloats(), inputs_, groups);
        const Components from_dy = Tiles(from_x.data + kComponents * from_x.component, outputs_, groups);
        for (int b = 0; b < Blocks(inputs_); ++b) Transform(kernels, x, false, groups, b, rows, from_x, 0);
        for (int b = 0; b < blocks; ++b) Transform(kernels, dy, true, groups, b, rows, from_dy, 0);
        for (int64_t c = 0; c < kComponents; ++c) {
          multiply(from_x, from_dy, scratch + chunk * size, groups.count * columns_, c, 0, blocks,
                   piece > begin);
        }
      }
    });
    return Combine(kernels, sums, gradient);
  }
  const int64_t splits = std::min(blocks, Ceil(2 * kTasks, kComponents));
  for (int64_t first = 0; first < groups_; first += shared_) {
    const Groups groups{first, std::min(shared_, groups_ - first)};
    const Components from_x = Tiles(scratch + size, inputs_, groups);
    const Components from_dy = Tiles(from_x.data + kComponents * from_x.component, outputs_, groups);
    const auto transform = [&](const Planes& from, bool of_gradient, const Components& to) {
      ForStrips(groups, from.channels, [&](int block, const Groups& strip, int64_t tile) {
        Transform(kernels, from, of_gradient, strip, block, ThreadScratch(LocalFloats(0)), to, tile);
      });
    };
    transform(x, false, from_x);
    transform(dy, true, from_dy);
    ForTasks(kComponents * splits, [&](int64_t task) {
      const int64_t c = task / splits, split = task % splits;
      multiply(from_x, from_dy, scratch, groups.count * columns_, c, split * blocks / splits,
               (split + 1) * blocks / splits, first > 0);
    });
  }
  Combine(kernels, sums, gradient);
}

// Filters from the sums of their components over all chunks.
void WinogradConvolution::Combine(const Kernels& kernels, const Components& sums, float* gradient) const {
  const int64_t strips = Blocks(inputs_), size = Components::Size(outputs_, inputs_);
  ForTasks(strips * Blocks(outputs_), [&](int64_t task) {
    const int strip = static_cast<int>(task % strips), block = static_cast<int>(task / strips);
    float taps[9 * kLane];
    for (int64_t i = strip * kLane; i < strip * kLane + ChannelsOf(strip, inputs_); ++i) {
      kernels.winogradFilterGradient(sums.data + block * sums.block + i * kLane, sums.component, chunks_,
                                     size, taps);
      for (int t = 0; t < 9; ++t) {
        for (int o = 0; o < ChannelsOf(block, outputs_); ++o)
          gradient[map_.At(static_cast<int>(block * kLane) + o, i, t)] = taps[t * kLane + o];
      }
    }
  });
}

}  // namespace ccnet::step
