#include "session.h"

#include <algorithm>
#include <cstdint>

#include "batch_norm_operation.h"
#include "convolution_operation.h"
#include "elementwise_operations.h"
#include "loss.h"
#include "transposed_convolution_operation.h"

namespace ccnet::step {
namespace {

std::vector<const Layer*> FindFoldedNorms(const Graph& graph, bool training) {
  std::vector<const Layer*> norms(graph.layers.size(), nullptr);
  if (training) return norms;
  const auto consumers = graph.Consumers();
  for (size_t i = 0; i < norms.size(); ++i) {
    const Layer& layer = graph.layers[i];
    const bool convolution = layer.kind == Kind::Convolution || layer.kind == Kind::TransposedConvolution;
    if (!convolution || layer.relu || consumers[i].size() != 1) continue;
    const Layer& reader = graph.layers[consumers[i][0]];
    if (reader.kind == Kind::BatchNorm) norms[i] = &reader;
  }
  return norms;
}

std::vector<bool> Flags(const std::vector<const Layer*>& norms) {
  std::vector<bool> flags;
  for (const Layer* norm : norms) flags.push_back(norm != nullptr);
  return flags;
}

}  // namespace

Session::Session(const Graph& graph, Parameters& parameters, const Kernels& kernels, int images, int height,
                 int width, bool training)
    : graph_(graph),
      environment_{kernels, parameters, training},
      norms_(FindFoldedNorms(graph, training)),
      plan_(graph, images, height, width, training, Flags(norms_)),
      operations_(graph.layers.size()) {
  const int count = static_cast<int>(graph.layers.size());
  MemoryPlan memory;
  plan_.Request(memory);
  std::vector<int> forward(count, -1), backward(count, -1);
  for (int i = 0; i < count; ++i) {
    const Layer& layer = graph.layers[i];
    const bool folded = layer.kind == Kind::BatchNorm && norms_[layer.inputs[0]] == &layer;
    if (folded) continue;
    operations_[i] = MakeOperation(i, norms_[i]);
    if (!operations_[i]) continue;
    forward[i] = memory.Request(operations_[i]->ForwardScratch(), i, i);
    if (training)
      backward[i] = memory.Request(operations_[i]->BackwardScratch(), plan_.Backward(i), plan_.Backward(i));
  }
  const int probabilities = training ? memory.Request(plan_.LayoutOf(count - 1).Pixels(), count, count) : -1;
  arena_size_ = memory.Place() + Layout::kLane;
  memory_ = std::make_unique<float[]>(static_cast<size_t>(arena_size_));
  Bind(memory, forward, backward);
  if (training) probabilities_ = Aligned() + memory.Offset(probabilities);
}

float* Session::Aligned() const {
  const uintptr_t address = reinterpret_cast<uintptr_t>(memory_.get());
  return reinterpret_cast<float*>((address + 63) / 64 * 64);
}

std::unique_ptr<Operation> Session::MakeOperation(int index, const Layer* norm) const {
  const Layer& layer = graph_.layers[index];
  switch (layer.kind) {
    case Kind::Input:
      return nullptr;
    case Kind::Convolution:
      return std::make_unique<ConvolutionOperation>(
          layer, norm, plan_.LayoutOf(index), graph_.layers[layer.inputs[0]].channels, environment_.training);
    case Kind::TransposedConvolution:
      return std::make_unique<TransposedConvolutionOperation>(layer, norm, plan_.LayoutOf(layer.inputs[0]),
                                                              graph_.layers[layer.inputs[0]].channels);
    case Kind::BatchNorm: {
      auto operation = std::make_unique<BatchNormOperation>(layer, plan_.LayoutOf(index));
      auto* producer = dynamic_cast<ConvolutionOperation*>(operations_[layer.inputs[0]].get());
      if (producer && environment_.training) producer->statistics = operation.get();
      return operation;
    }
    case Kind::Relu:
      return std::make_unique<ReluOperation>();
    case Kind::MaxPool:
      return std::make_unique<MaxPoolOperation>();
    case Kind::Concatenate:
      return std::make_unique<ConcatenateOperation>();
    case Kind::Add:
      return std::make_unique<AddOperation>();
    case Kind::Dropout:
      return std::make_unique<DropoutOperation>(layer.rate, index);
  }
  return nullptr;
}

void Session::Bind(const MemoryPlan& memory, const std::vector<int>& forward,
                   const std::vector<int>& backward) {
  const int count = static_cast<int>(graph_.layers.size());
  float* arena = Aligned();
  const auto consumers = graph_.Consumers();
  for (int i = 0; i < count; ++i) {
    if (!operations_[i]) continue;
    Tensors& tensors = operations_[i]->tensors;
    const auto& inputs = graph_.layers[i].inputs;
    for (size_t k = 0; k < inputs.size(); ++k) {
      tensors.inputs.push_back(plan_.Value(inputs[k], memory, arena));
      tensors.input_gradients.push_back(plan_.Gradient(inputs[k], memory, arena));
      // The last reader of a tensor comes first in the backward pass: it writes, the others add.
      const bool repeated = std::find(inputs.begin(), inputs.begin() + k, inputs[k]) != inputs.begin() + k;
      tensors.accumulate.push_back(consumers[inputs[k]].back() != i || repeated);
    }
    tensors.output = plan_.Value(i, memory, arena);
    tensors.output_gradient = plan_.Gradient(i, memory, arena);
    tensors.forward_scratch = arena + memory.Offset(forward[i]);
    if (backward[i] >= 0) tensors.backward_scratch = arena + memory.Offset(backward[i]);
  }
  input_ = plan_.Value(0, memory, arena);
  logits_ = plan_.Value(count - 1, memory, arena);
  logits_gradient_ = plan_.Gradient(count - 1, memory, arena);
}

bool Session::Fits(int images, int height, int width) const {
  const Layout& layout = plan_.LayoutOf(0);
  return layout.images == images && layout.height == height && layout.width == width;
}

void Session::LoadImages(const float* images) {
  const Layout& layout = *input_.layout;
  const int channels = input_.channels;
  const int64_t line = static_cast<int64_t>(layout.width) * channels;
  ForTasks(layout.images, [&](int64_t image) {
    const float* in = images + image * layout.height * line;
    for (int64_t y = 0; y < layout.height; ++y, in += line) {
      if (channels == 3) {
        float* const rows[3] = {input_.Row(0, image, y), input_.Row(1, image, y), input_.Row(2, image, y)};
        environment_.kernels.splitColors(in, rows, layout.width);
        continue;
      }
      for (int c = 0; c < channels; ++c)
        environment_.kernels.gather(in + c, input_.Row(c, image, y), channels, layout.width);
    }
    for (int c = 0; c < channels; ++c) ClearHalo(input_, c, image);
  });
}

void Session::Forward() {
  for (const auto& operation : operations_) {
    if (operation) operation->Forward(environment_);
  }
}

double Session::Gradients(const float* images, const uint8_t* masks, float foreground_weight, uint32_t seed) {
  environment_.seed = seed;
  LoadImages(images);
  Forward();
  const double loss =
      Loss(environment_.kernels, logits_, masks, foreground_weight, probabilities_, logits_gradient_);
  for (size_t i = operations_.size(); i-- > 0;) {
    if (operations_[i]) operations_[i]->Backward(environment_);
  }
  return loss;
}

void Session::Predict(const float* images, float* probabilities) {
  LoadImages(images);
  Forward();
  Probabilities(environment_.kernels, logits_, probabilities);
}

}  // namespace ccnet::step
