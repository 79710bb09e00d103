#include "step/operations/flat_convolution.h"

#include <algorithm>

#include "common/team.h"

namespace ccnet::step {
namespace {

// Multiply-adds of one task, in vectors of Layout::kLane: some ten microseconds.
constexpr int64_t kTaskWork = 40000;
// Enough tasks to share out evenly; ranges are multiples of 24 lanes, which every register blocking divides.
constexpr int64_t kTasks = 16, kRangeLanes = 24;
// Upper limit of the memory for partial filter gradients.
constexpr int64_t kPartialFloats = int64_t{1} << 21;

int64_t Ceil(int64_t a, int64_t b) { return (a + b - 1) / b; }

// Positions of a task that does `work` multiply-adds per position.
int64_t RangeLength(const Layout& layout, int64_t work) {
  const int64_t lanes = Ceil(std::max<int64_t>(1, kTaskWork / work), kRangeLanes) * kRangeLanes;
  return std::min(lanes * Layout::kLane, layout.length);
}

}  // namespace

FlatConvolution::FlatConvolution(const Layout& layout, int inputs, int outputs, std::vector<int64_t> offsets,
                                 WeightMap map)
    : layout_(layout),
      inputs_(inputs),
      outputs_(outputs),
      taps_(static_cast<int>(offsets.size())),
      offsets_(std::move(offsets)),
      map_(std::move(map)),
      output_blocks_(ChannelBlocks(outputs)),
      input_blocks_(ChannelBlocks(inputs)) {
  for (int64_t offset : offsets_) reversed_.push_back(-offset);
  range_ = RangeLength(layout, PackedSize());
  ranges_ = Ceil(layout.length, range_);
  // The filter gradient's chunks of positions: few enough that their partial sums stay small.
  chunk_ = RangeLength(layout, std::min<int64_t>(PackedSize(), 2 * kTaskWork / kRangeLanes));
  const int64_t most = std::max<int64_t>(1, kPartialFloats / PackedSize());
  if (Ceil(layout.length, chunk_) > most)
    chunk_ = Ceil(Ceil(layout.length, most), Layout::kLane) * Layout::kLane;
  chunks_ = Ceil(layout.length, chunk_);
}

void FlatConvolution::Run(const Kernels& kernels, const Planes& x, const Planes& y,
                          const std::vector<int64_t>& offsets, const std::vector<ChannelBlock>& blocks,
                          const float* packed, const Epilogue& epilogue) const {
  const int64_t block_count = static_cast<int64_t>(blocks.size());
  const int64_t groups = std::min(block_count, Ceil(kTasks, ranges_));
  const int64_t per_block = static_cast<int64_t>(x.channels) * taps_;
  ForTasks(ranges_ * groups, [&](int64_t task) {
    const int64_t group = task % groups, index = task / groups;
    const int64_t begin = index * range_, end = std::min(begin + range_, layout_.length);
    for (int64_t b = group * block_count / groups; b < (group + 1) * block_count / groups; ++b) {
      const ChannelBlock& block = blocks[b];
      if (index == 0) {
        for (int o = 0; o < block.count; ++o) ClearMargins(y, block.first + o);
      }
      kernels.convolution({x.data, layout_.stride, x.channels, y.Channel(block.first), layout_.stride,
                           block.count, offsets.data(), taps_, packed + block.first * per_block,
                           epilogue.bias ? epilogue.bias + block.first : nullptr, layout_.mask.data(),
                           epilogue.relu, epilogue.accumulate, begin, end});
      if (!epilogue.moments) continue;
      const int64_t count = layout_.Inside(begin, end);
      for (int o = block.first; o < block.first + block.count; ++o) {
        const float* channel = y.Channel(o);
        const float sum = kernels.sum(channel + begin, end - begin);
        const float mean = count > 0 ? sum / static_cast<float>(count) : 0.0f;
        epilogue.moments[o * ranges_ + index] = {count, sum, 0.0};
        epilogue.moments[o * ranges_ + index].squares =
            kernels.squares(channel, mean, layout_.mask.data(), begin, end);
      }
    }
  });
}

void FlatConvolution::Pack(const Kernels&, const float* weights, const float* scale, float* packed) const {
  const int64_t per_block = static_cast<int64_t>(inputs_) * taps_;
  ForTasks(inputs_, [&](int64_t i) {
    for (int t = 0; t < taps_; ++t) {
      for (const ChannelBlock& block : output_blocks_) {
        float* out = packed + block.first * per_block + (i * taps_ + t) * block.count;
        for (int o = 0; o < block.count; ++o) {
          const float weight = weights[map_.At(block.first + o, i, t)];
          out[o] = scale ? weight * scale[block.first + o] : weight;
        }
      }
    }
  });
}

void FlatConvolution::Forward(const Kernels& kernels, const Planes& x, const Planes& y, const float* packed,
                              float*, const Epilogue& epilogue) const {
  Run(kernels, x, y, offsets_, output_blocks_, packed, epilogue);
}

void FlatConvolution::InputGradient(const Kernels& kernels, const Planes& dy, const Planes& dx,
                                    const float* weights, float* packed, bool accumulate) const {
  const int64_t per_block = static_cast<int64_t>(outputs_) * taps_;
  ForTasks(static_cast<int64_t>(input_blocks_.size()), [&](int64_t b) {
    const ChannelBlock& block = input_blocks_[b];
    float* out = packed + block.first * per_block;
    for (int o = 0; o < outputs_; ++o) {
      for (int t = 0; t < taps_; ++t) {
        for (int i = 0; i < block.count; ++i) *out++ = weights[map_.At(o, block.first + i, t)];
      }
    }
  });
  Epilogue epilogue;
  epilogue.accumulate = accumulate;
  Run(kernels, dy, dx, reversed_, input_blocks_, packed, epilogue);
}

void FlatConvolution::FilterGradient(const Kernels& kernels, const Planes& x, const Planes& dy,
                                     float* partial, float* gradient) const {
  const int pairs = inputs_ * taps_;
  std::vector<const float*> inputs(pairs);
  for (int j = 0; j < pairs; ++j) inputs[j] = x.Channel(j / taps_) + offsets_[j % taps_];
  const int64_t blocks = static_cast<int64_t>(output_blocks_.size());
  // Within a chunk, the inputs of some channels are read by all blocks of outputs while they are in the
  // cache.
  const int64_t groups = std::min<int64_t>(inputs_, std::max<int64_t>(1, Ceil(kTasks, chunks_)));
  ForTasks(chunks_ * groups, [&](int64_t task) {
    const int64_t chunk = task / groups, group = task % groups;
    const int first = static_cast<int>(group * inputs_ / groups) * taps_;
    const int last = static_cast<int>((group + 1) * inputs_ / groups) * taps_;
    for (int64_t b = 0; b < blocks; ++b) {
      const ChannelBlock& block = output_blocks_[b];
      kernels.filterGradient(
          {dy.Channel(block.first), layout_.stride, block.count, inputs.data() + first, last - first,
           chunk * chunk_, std::min((chunk + 1) * chunk_, layout_.length),
           partial + chunk * PackedSize() + static_cast<int64_t>(block.first) * pairs + first, pairs, false});
    }
  });
  ForTasks(blocks, [&](int64_t b) {
    const ChannelBlock& block = output_blocks_[b];
    for (int j = 0; j < pairs; ++j) {
      for (int o = block.first; o < block.first + block.count; ++o) {
        float sum = 0.0f;
        for (int64_t chunk = 0; chunk < chunks_; ++chunk) {
          sum += partial[chunk * PackedSize() + static_cast<int64_t>(o) * pairs + j];
        }
        gradient[map_.At(o, j / taps_, j % taps_)] = sum;
      }
    }
  });
}

}  // namespace ccnet::step
