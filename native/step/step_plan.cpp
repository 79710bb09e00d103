#include "step/step_plan.h"

#include <algorithm>

#include "common/thread_scratch.h"
#include "step/operations/batch_norm_operation.h"
#include "step/operations/convolution_operation.h"
#include "step/operations/elementwise_operations.h"
#include "step/operations/transposed_convolution_operation.h"
#include "step/plan/fuse.h"

namespace ccnet::step {
namespace {

std::vector<const Layer*> NormsToFold(const Graph& graph, bool training) {
  return training ? std::vector<const Layer*>(graph.layers.size(), nullptr) : FoldableNorms(graph);
}

std::vector<bool> Flags(const std::vector<const Layer*>& norms) {
  std::vector<bool> flags;
  for (const Layer* norm : norms) flags.push_back(norm != nullptr);
  return flags;
}

}  // namespace

StepPlan::StepPlan(const Graph& graph, const Shape& shape, bool training)
    : graph_(graph),
      shape_(shape),
      training_(training),
      norms_(NormsToFold(graph, training)),
      tensors_(graph, shape, training, Flags(norms_)),
      operations_(graph.layers.size()),
      forward_(graph.layers.size(), -1),
      backward_(graph.layers.size(), -1) {
  const int count = static_cast<int>(graph.layers.size());
  tensors_.Request(memory_);
  for (int i = 0; i < count; ++i) {
    const Layer& layer = graph.layers[i];
    const bool folded = layer.kind == Kind::BatchNorm && norms_[layer.inputs[0]] == &layer;
    if (folded) continue;
    operations_[i] = MakeOperation(i);
    if (!operations_[i]) continue;
    forward_[i] = memory_.Request(operations_[i]->ForwardScratch(), i, i);
    if (!training) continue;
    const int time = tensors_.Backward(i);
    backward_[i] = memory_.Request(operations_[i]->BackwardScratch(), time, time);
  }
  if (training) probabilities_request_ = memory_.Request(tensors_.LayoutOf(count - 1).Pixels(), count, count);
  // Room to begin at a cache line.
  arena_floats_ = memory_.Place() + Layout::kLane;
}

int64_t StepPlan::KeptBytes() const {
  int64_t bytes = tensors_.TableBytes();
  for (const auto& operation : operations_) bytes += operation ? operation->KeptBytes() : 0;
  return bytes;
}

int64_t StepPlan::ThreadBytes() const {
  int64_t floats = 0;
  for (const auto& operation : operations_) {
    if (operation) floats = std::max(floats, operation->ThreadFloats());
  }
  return floats > 0 ? ThreadScratchBytes(floats) : 0;
}

std::unique_ptr<Operation> StepPlan::MakeOperation(int index) const {
  const Layer& layer = graph_.layers[index];
  switch (layer.kind) {
    case Kind::Input:
      return nullptr;
    case Kind::Convolution:
      return std::make_unique<ConvolutionOperation>(layer, norms_[index], tensors_.LayoutOf(index),
                                                    graph_.layers[layer.inputs[0]].channels, training_);
    case Kind::TransposedConvolution:
      return std::make_unique<TransposedConvolutionOperation>(
          layer, norms_[index], tensors_.LayoutOf(layer.inputs[0]), graph_.layers[layer.inputs[0]].channels);
    case Kind::BatchNorm: {
      auto* producer = dynamic_cast<ConvolutionOperation*>(operations_[layer.inputs[0]].get());
      const bool given = training_ && producer && !producer->statistics;
      auto operation = std::make_unique<BatchNormOperation>(layer, tensors_.LayoutOf(index),
                                                            given ? producer->Parts() : 0, training_);
      if (given) producer->statistics = operation.get();
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

void StepPlan::Allocate(float* arena) {
  tensors_.MakeTables();
  for (const auto& operation : operations_) {
    if (operation) operation->Allocate();
  }
  Bind(arena);
}

void StepPlan::Bind(float* arena) {
  const int count = static_cast<int>(graph_.layers.size());
  const auto consumers = graph_.Consumers();
  for (int i = 0; i < count; ++i) {
    if (!operations_[i]) continue;
    Tensors& tensors = operations_[i]->tensors;
    const auto& inputs = graph_.layers[i].inputs;
    for (size_t k = 0; k < inputs.size(); ++k) {
      tensors.inputs.push_back(tensors_.Value(inputs[k], memory_, arena));
      tensors.input_gradients.push_back(tensors_.Gradient(inputs[k], memory_, arena));
      // The last reader of a tensor comes first in the backward pass: it writes, the others add.
      const bool repeated = std::find(inputs.begin(), inputs.begin() + k, inputs[k]) != inputs.begin() + k;
      tensors.accumulate.push_back(consumers[inputs[k]].back() != i || repeated);
    }
    tensors.output = tensors_.Value(i, memory_, arena);
    tensors.output_gradient = tensors_.Gradient(i, memory_, arena);
    tensors.forward_scratch = arena + memory_.Offset(forward_[i]);
    if (backward_[i] >= 0) tensors.backward_scratch = arena + memory_.Offset(backward_[i]);
  }
  input_ = tensors_.Value(0, memory_, arena);
  logits_ = tensors_.Value(count - 1, memory_, arena);
  logits_gradient_ = tensors_.Gradient(count - 1, memory_, arena);
  if (training_) probabilities_ = arena + memory_.Offset(probabilities_request_);
}

}  // namespace ccnet::step
