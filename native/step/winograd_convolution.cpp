#include "winograd_convolution.h"

#include <algorithm>

#include "operation.h"
#include "team.h"
#include "thread_scratch.h"

namespace ccnet::step {
namespace {

constexpr int kRows = 4;
constexpr int64_t kTasks = 32;
/// Fewer channels do not pay for the transforms (measured with AVX-512).
constexpr int kLeastChannels = 16;
/// Floats of a piece's components that should stay in the second-level cache.
constexpr int64_t kPieceFloats = int64_t{1} << 16;
/// Positions below which a piece is too short for the register blocks of the kernels.
constexpr int64_t kLeastPositions = 128, kSharedPositions = 512;
/// Upper limit of the memory for partial filter gradients.
constexpr int64_t kPartialFloats = int64_t{1} << 22;
constexpr int64_t kLeastChunks = 4;
constexpr int64_t kOffsets[3] = {-1, 0, 1};

int64_t Ceil(int64_t a, int64_t b) { return (a + b - 1) / b; }

}  // namespace

bool WinogradConvolution::Pays(const Layout& layout, int inputs, int outputs) {
  return layout.height % kRows == 0 && layout.halo >= 1 && std::min(inputs, outputs) >= kLeastChannels;
}

WinogradConvolution::WinogradConvolution(const Layout& layout, int inputs, int outputs, WeightMap map)
    : layout_(layout),
      inputs_(inputs),
      outputs_(outputs),
      map_(std::move(map)),
      output_blocks_(ChannelBlocks(outputs)),
      input_blocks_(ChannelBlocks(inputs)) {
  const int64_t pitch = layout.pitch, channels = std::max(inputs, outputs);
  groups_ = int64_t{layout.images} * (layout.height / kRows);
  const int64_t share = std::max<int64_t>(1, groups_ / kTasks);
  local_ = share * pitch >= kLeastPositions && groups_ >= kTasks;
  per_piece_ = local_ ? std::min(share, std::max(Ceil(kLeastPositions, pitch),
                                                 kPieceFloats / (kComponents * channels * pitch)))
                      : std::min(groups_, Ceil(kSharedPositions, pitch));
  pieces_ = Ceil(groups_, per_piece_);
  // Zeros before and behind a channel's components, and an odd number of cache lines between channels.
  stride_ = (PieceLength(0) + 2 * Layout::kLane) | Layout::kLane;
  chunks_ = std::min({kTasks, pieces_, std::max<int64_t>(1, kPartialFloats / (kComponents * WeightSize()))});
  local_filters_ = local_ && chunks_ >= kLeastChunks;
  if (!local_filters_) chunks_ = 1;
}

int64_t WinogradConvolution::PieceGroups(int64_t piece) const {
  return std::min(per_piece_, groups_ - piece * per_piece_);
}

int64_t WinogradConvolution::PieceLength(int64_t piece) const {
  return Ceil(PieceGroups(piece) * layout_.pitch, Layout::kLane) * Layout::kLane;
}

int64_t WinogradConvolution::Scratch() const {
  const int64_t components = local_ ? 0 : pieces_ * ComponentSize(std::max(inputs_, outputs_));
  return kComponents * WeightSize() + components;
}

int64_t WinogradConvolution::FilterScratch() const {
  const int64_t components =
      local_filters_ ? 0 : pieces_ * (ComponentSize(inputs_) + ComponentSize(outputs_));
  return chunks_ * kComponents * WeightSize() + components;
}

float* WinogradConvolution::GroupRows(const Planes& planes, int64_t channel, int64_t group) const {
  const int64_t per_image = layout_.height / kRows;
  return planes.Row(channel, group / per_image, group % per_image * kRows);
}

// The filters' components G g, in the order in which Multiply reads them: component, block, input, column,
// output.
template <class Weight>
void WinogradConvolution::Pack(int inputs, const std::vector<ChannelBlock>& blocks, float* packed,
                               Weight weight) const {
  const int64_t size = WeightSize();
  ForTasks(inputs, [&](int64_t i) {
    for (const ChannelBlock& block : blocks) {
      for (int x = 0; x < 3; ++x) {
        float* out = packed + int64_t{3} * block.first * inputs + (i * 3 + x) * block.count;
        for (int o = 0; o < block.count; ++o) {
          const float g0 = weight(block.first + o, i, x), g1 = weight(block.first + o, i, 3 + x);
          const float g2 = weight(block.first + o, i, 6 + x);
          const float outer = (g0 + g2) * (1.0f / 6), wide = g0 * (1.0f / 24) + g2 * (1.0f / 6);
          out[o] = g0 * 0.25f;
          out[o + size] = -outer - g1 * (1.0f / 6);
          out[o + 2 * size] = g1 * (1.0f / 6) - outer;
          out[o + 3 * size] = wide + g1 * (1.0f / 12);
          out[o + 4 * size] = wide - g1 * (1.0f / 12);
          out[o + 5 * size] = g2;
        }
      }
    }
  });
}

void WinogradConvolution::Transform(const Kernels& kernels, const Planes& from, bool gradient, int64_t piece,
                                    int64_t channel, const Components& to) const {
  const int64_t groups = PieceGroups(piece), pitch = layout_.pitch;
  for (int64_t g = 0; g < groups; ++g) {
    float* rows = GroupRows(from, channel, piece * per_piece_ + g);
    const WinogradRows t{gradient ? rows : rows - pitch, pitch, layout_.width,
                         Component(to, 0, channel) + g * pitch, to.channels * stride_};
    gradient ? kernels.winogradGradient(t) : kernels.winogradInput(t);
  }
  for (int c = 0; c < kComponents; ++c) {
    float* component = Component(to, c, channel);
    std::fill(component - Layout::kLane, component, 0.0f);
    std::fill(component + groups * pitch, component + PieceLength(piece) + Layout::kLane, 0.0f);
  }
}

void WinogradConvolution::Multiply(const Kernels& kernels, const Components& x, int64_t piece,
                                   const ChannelBlock& block, const float* packed, const Planes& y,
                                   const Epilogue& epilogue) const {
  const int64_t length = PieceLength(piece), stride = length + Layout::kLane;
  float* sums =
      ThreadScratch(kComponents * kConvolutionBlock * stride + ComponentSize(std::max(inputs_, outputs_)));
  for (int c = 0; c < kComponents; ++c) {
    kernels.convolution({Component(x, c, 0), stride_, x.channels, sums + c * kConvolutionBlock * stride,
                         stride, block.count, kOffsets, 3,
                         packed + c * WeightSize() + int64_t{3} * block.first * x.channels, nullptr, nullptr,
                         false, false, 0, length});
  }
  const int64_t per_image = layout_.height / kRows;
  for (int64_t g = 0; g < PieceGroups(piece); ++g) {
    const int64_t group = piece * per_piece_ + g;
    for (int o = 0; o < block.count; ++o) {
      const int channel = block.first + o;
      const WinogradRows rows{GroupRows(y, channel, group), layout_.pitch, layout_.width,
                              sums + o * stride + g * layout_.pitch, kConvolutionBlock * stride};
      kernels.winogradOutput(rows, epilogue.bias ? epilogue.bias[channel] : 0.0f, epilogue.relu,
                             epilogue.accumulate);
      if (group % per_image + 1 == per_image) ClearBelow(y, channel, group / per_image);
      if (group == 0) ClearMargins(y, channel);
      if (!epilogue.moments) continue;
      float moments[2];
      kernels.rowMoments(rows.rows, layout_.pitch, layout_.width, kRows, moments);
      epilogue.moments[channel * groups_ + group] = {int64_t{kRows} * layout_.width, moments[0], moments[1]};
    }
  }
}

void WinogradConvolution::Run(const Kernels& kernels, const Planes& x, const Planes& y,
                              const std::vector<ChannelBlock>& blocks, const float* packed, float* scratch,
                              const Epilogue& epilogue) const {
  const int64_t sums = kComponents * kConvolutionBlock * (PieceLength(0) + Layout::kLane);
  if (local_) {
    ForTasks(pieces_, [&](int64_t piece) {
      const int64_t size = ComponentSize(std::max(inputs_, outputs_));
      const Components components = At(ThreadScratch(sums + size) + sums, x.channels, 0);
      for (int i = 0; i < x.channels; ++i) Transform(kernels, x, false, piece, i, components);
      for (const ChannelBlock& block : blocks)
        Multiply(kernels, components, piece, block, packed, y, epilogue);
    });
    return;
  }
  ForTasks(pieces_ * x.channels, [&](int64_t task) {
    const int64_t piece = task / x.channels;
    Transform(kernels, x, false, piece, task % x.channels, At(scratch, x.channels, piece));
  });
  const int64_t count = static_cast<int64_t>(blocks.size());
  ForTasks(pieces_ * count, [&](int64_t task) {
    const int64_t piece = task % pieces_;
    Multiply(kernels, At(scratch, x.channels, piece), piece, blocks[task / pieces_], packed, y, epilogue);
  });
}

void WinogradConvolution::Forward(const Kernels& kernels, const Planes& x, const Planes& y,
                                  const float* weights, float* scratch, const Epilogue& epilogue) const {
  Pack(inputs_, output_blocks_, scratch, [&](int o, int64_t i, int tap) {
    return weights[map_.At(o, i, tap)] * (epilogue.scale ? epilogue.scale[o] : 1.0f);
  });
  Run(kernels, x, y, output_blocks_, scratch, scratch + kComponents * WeightSize(), epilogue);
}

void WinogradConvolution::InputGradient(const Kernels& kernels, const Planes& dy, const Planes& dx,
                                        const float* weights, float* scratch, bool accumulate) const {
  Pack(outputs_, input_blocks_, scratch,
       [&](int i, int64_t o, int tap) { return weights[map_.At(o, i, 8 - tap)]; });
  Epilogue epilogue;
  epilogue.accumulate = accumulate;
  Run(kernels, dy, dx, input_blocks_, scratch, scratch + kComponents * WeightSize(), epilogue);
}

// Adds to sums[o][pair] one piece's products for component c and the input channels [first, last).
void WinogradConvolution::MultiplyFilters(const Kernels& kernels, const Components& x, const Components& dy,
                                          int64_t piece, int c, int first, int last, float* sums,
                                          bool accumulate) const {
  std::vector<const float*> inputs;
  for (int i = first; i < last; ++i) {
    for (int64_t offset : kOffsets) inputs.push_back(Component(x, c, i) + offset);
  }
  const int64_t pairs = int64_t{3} * inputs_;
  for (const ChannelBlock& block : output_blocks_) {
    kernels.filterGradient({Component(dy, c, block.first), stride_, block.count, inputs.data(),
                            static_cast<int>(inputs.size()), 0, PieceLength(piece),
                            sums + c * WeightSize() + block.first * pairs + int64_t{3} * first, pairs,
                            accumulate});
  }
}

void WinogradConvolution::FilterGradient(const Kernels& kernels, const Planes& x, const Planes& dy,
                                         float* scratch, float* gradient) const {
  if (local_filters_) {
    ForTasks(chunks_, [&](int64_t chunk) {
      float* memory = ThreadScratch(ComponentSize(inputs_) + ComponentSize(outputs_));
      const Components cx = At(memory, inputs_, 0), cy = At(memory + ComponentSize(inputs_), outputs_, 0);
      const int64_t begin = chunk * pieces_ / chunks_, end = (chunk + 1) * pieces_ / chunks_;
      for (int64_t piece = begin; piece < end; ++piece) {
        for (int i = 0; i < inputs_; ++i) Transform(kernels, x, false, piece, i, cx);
        for (int o = 0; o < outputs_; ++o) Transform(kernels, dy, true, piece, o, cy);
        for (int c = 0; c < kComponents; ++c) {
          MultiplyFilters(kernels, cx, cy, piece, c, 0, inputs_, scratch + chunk * kComponents * WeightSize(),
                          piece > begin);
        }
      }
    });
  } else {
    float* all_x = scratch + kComponents * WeightSize();
    float* all_y = all_x + pieces_ * ComponentSize(inputs_);
    const int64_t channels = int64_t{inputs_} + outputs_;
    ForTasks(pieces_ * channels, [&](int64_t task) {
      const int64_t piece = task / channels, channel = task % channels;
      const bool of_gradient = channel >= inputs_;
      const Components to = of_gradient ? At(all_y, outputs_, piece) : At(all_x, inputs_, piece);
      Transform(kernels, of_gradient ? dy : x, of_gradient, piece, of_gradient ? channel - inputs_ : channel,
                to);
    });
    const int64_t parts = std::min<int64_t>(inputs_, Ceil(kTasks, kComponents));
    ForTasks(kComponents * parts, [&](int64_t task) {
      const int first = static_cast<int>(task % parts * inputs_ / parts);
      const int last = static_cast<int>((task % parts + 1) * inputs_ / parts);
      for (int64_t piece = 0; piece < pieces_; ++piece) {
        MultiplyFilters(kernels, At(all_x, inputs_, piece), At(all_y, outputs_, piece), piece,
                        static_cast<int>(task / parts), first, last, scratch, piece > 0);
      }
    });
  }
  CombineFilters(scratch, gradient);
}

// Filters from their components: G^T m.
void WinogradConvolution::CombineFilters(const float* partial, float* gradient) const {
  const int64_t size = WeightSize(), pairs = int64_t{3} * inputs_;
  ForTasks(outputs_, [&](int64_t o) {
    for (int64_t pair = 0; pair < pairs; ++pair) {
      float m[kComponents] = {};
      for (int64_t chunk = 0; chunk < chunks_; ++chunk) {
        for (int c = 0; c < kComponents; ++c)
          m[c] += partial[(chunk * kComponents + c) * size + o * pairs + pair];
      }
      const float inner = (m[1] + m[2]) * (1.0f / 6), outer = m[3] + m[4];
      const int64_t i = pair / 3, x = pair % 3;
      gradient[map_.At(o, i, x)] = m[0] * 0.25f - inner + outer * (1.0f / 24);
      gradient[map_.At(o, i, 3 + x)] = (m[2] - m[1]) * (1.0f / 6) + (m[3] - m[4]) * (1.0f / 12);
      gradient[map_.At(o, i, 6 + x)] = outer * (1.0f / 6) - inner + m[5];
    }
  });
}

}  // namespace ccnet::step
