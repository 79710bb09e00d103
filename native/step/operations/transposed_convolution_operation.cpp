#include "step/operations/transposed_convolution_operation.h"

#include <map>
#include <optional>

#include "step/operations/folded_norm.h"
#include "step/plan/phases.h"

namespace ccnet::step {
TransposedConvolutionOperation::TransposedConvolutionOperation(const Layer& layer, const Layer* norm,
                                                               const Layout& input, int inputs)
    : layer_(layer), norm_(norm), layout_(input), plane_(layer.stride * layer.stride) {
  const int s = layer.stride, k = layer.kernel, outputs = layer.channels, padding = (k - s) / 2;
  const int64_t matrix =
      static_cast<int64_t>(outputs) * inputs;  // kernels are [height, width, output, input]
  std::map<std::pair<std::vector<int>, std::vector<int>>, std::vector<int>> groups;
  for (int phase = 0; phase < s * s; ++phase) {
    groups[{Displacements(layer, phase / s), Displacements(layer, phase % s)}].push_back(phase);
  }
  int first = 0;
  for (const auto& [displacements, phases] : groups) {
    std::vector<int64_t> offsets;
    WeightMap map;
    for (int dy : displacements.first) {
      for (int dx : displacements.second) {
        offsets.push_back(-(dy * input.pitch + dx));
        map.tap.push_back((static_cast<int64_t>(s) * dy * k + s * dx) * matrix);
      }
    }
    for (int i = 0; i < inputs; ++i) map.input.push_back(i);
    const int start = first;
    for (int phase : phases) {
      plane_[phase] = first;
      first += outputs;
      const int64_t cell = static_cast<int64_t>(padding + phase / s) * k + padding + phase % s;
      for (int o = 0; o < outputs; ++o)
        map.output.push_back(cell * matrix + static_cast<int64_t>(o) * inputs);
    }
    groups_.push_back({FlatConvolution(input, inputs, first - start, offsets, map), start, first - start});
  }
}

int64_t TransposedConvolutionOperation::ForwardScratch() const {
  int64_t packed = 0;
  for (const Group& group : groups_) packed = std::max(packed, group.convolution.PackedFloats());
  return layout_.Size(static_cast<int64_t>(plane_.size()) * layer_.channels) + packed;
}

int64_t TransposedConvolutionOperation::BackwardScratch() const {
  int64_t partial = 0;
  for (const Group& group : groups_) {
    partial = std::max({partial, group.convolution.InputScratch(), group.convolution.FilterScratch()});
  }
  return layout_.Size(static_cast<int64_t>(plane_.size()) * layer_.channels) + partial;
}

Planes TransposedConvolutionOperation::Phases(float* scratch) const {
  return {scratch + layout_.lead, &layout_, static_cast<int>(plane_.size()) * layer_.channels};
}

void TransposedConvolutionOperation::Interleave(const Kernels& kernels, const Planes& phases,
                                                const Planes& y) const {
  const int s = layer_.stride;
  ForTasks(static_cast<int64_t>(y.channels) * layout_.images, [&](int64_t task) {
    const int c = static_cast<int>(task % y.channels);
    const int64_t image = task / y.channels;
    for (int64_t row = 0; row < y.layout->height; ++row) {
      const int* plane = plane_.data() + row % s * s;
      float* out = y.Row(c, image, row);
      if (s == 2) {
        kernels.interleave(phases.Row(plane[0] + c, image, row / s), phases.Row(plane[1] + c, image, row / s),
                           out, layout_.width);
        continue;
      }
      for (int b = 0; b < s; ++b)
        kernels.spread(phases.Row(plane[b] + c, image, row / s), out + b, s, layout_.width);
    }
    ClearHalo(y, c, image);
  });
}

void TransposedConvolutionOperation::Deinterleave(const Kernels& kernels, const Planes& y,
                                                  const Planes& phases) const {
  const int s = layer_.stride;
  ForTasks(static_cast<int64_t>(y.channels) * layout_.images, [&](int64_t task) {
    const int c = static_cast<int>(task % y.channels);
    const int64_t image = task / y.channels;
    for (int64_t row = 0; row < y.layout->height; ++row) {
      const int* plane = plane_.data() + row % s * s;
      const float* in = y.Row(c, image, row);
      if (s == 2) {
        kernels.deinterleave(in, phases.Row(plane[0] + c, image, row / s),
                             phases.Row(plane[1] + c, image, row / s), layout_.width);
        continue;
      }
      for (int b = 0; b < s; ++b)
        kernels.gather(in + b, phases.Row(plane[b] + c, image, row / s), s, layout_.width);
    }
    for (int plane : plane_) ClearHalo(phases, plane + c, image);
  });
}

void TransposedConvolutionOperation::Forward(Environment& environment) {
  const Planes phases = Phases(tensors.forward_scratch);
  float* packed = tensors.forward_scratch + layout_.Size(phases.channels);
  const float* bias = environment.parameters.Value(layer_.bias);
  const float* scale = nullptr;
  bool relu = layer_.relu;
  std::optional<FoldedNorm> folded;
  if (norm_) {
    folded.emplace(*norm_, bias, environment.parameters);
    bias = folded->bias.data();
    scale = folded->scale.data();
    relu = norm_->relu;
  }
  // The phases of a group repeat the output channels.
  std::vector<float> biases(phases.channels), scales(scale ? phases.channels : 0);
  for (size_t i = 0; i < biases.size(); ++i) biases[i] = bias[i % layer_.channels];
  for (size_t i = 0; i < scales.size(); ++i) scales[i] = scale[i % layer_.channels];
  for (const Group& group : groups_) {
    Epilogue epilogue;
    epilogue.bias = biases.data();
    epilogue.relu = relu;
    group.convolution.Pack(environment.kernels, environment.parameters.Value(layer_.weights),
                           scale ? scales.data() : nullptr, packed);
    group.convolution.Forward(environment.kernels, tensors.inputs[0],
                              phases.Slice(group.first, group.channels), packed, nullptr, epilogue);
  }
  Interleave(environment.kernels, phases, tensors.output);
}

void TransposedConvolutionOperation::Backward(Environment& environment) {
  const Kernels& kernels = environment.kernels;
  Parameters& parameters = environment.parameters;
  const Planes& gradient = tensors.output_gradient;
  ReluAndBiasGradient(layer_, environment, tensors);
  const Planes phases = Phases(tensors.backward_scratch);
  float* scratch = tensors.backward_scratch + layout_.Size(phases.channels);
  Deinterleave(kernels, gradient, phases);
  bool accumulate = tensors.accumulate[0];
  for (const Group& group : groups_) {
    const Planes part = phases.Slice(group.first, group.channels);
    group.convolution.FilterGradient(kernels, tensors.inputs[0], part, scratch,
                                     parameters.Gradient(layer_.weights));
    if (!tensors.input_gradients[0].data) continue;
    group.convolution.InputGradient(kernels, part, tensors.input_gradients[0],
                                    parameters.Value(layer_.weights), scratch, accumulate);
    accumulate = true;
  }
}

}  // namespace ccnet::step
