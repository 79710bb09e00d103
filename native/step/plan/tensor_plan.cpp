#include "step/plan/tensor_plan.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "step/plan/phases.h"

namespace ccnet::step {
TensorPlan::TensorPlan(const Graph& graph, const Shape& shape, bool training, const std::vector<bool>& folded)
    : graph_(graph), training_(training), consumers_(graph.Consumers()) {
  for (int i = 0; i < static_cast<int>(graph.layers.size()); ++i) {
    values_.push_back({i, 0, i, i});
    gradients_.push_back({i, 0, Backward(i), Backward(i)});
  }
  MakeLayouts(shape);
  ShareConcatenations();
  ShareGradients();
  for (size_t i = 0; i < folded.size(); ++i) {
    if (folded[i]) values_[i] = {consumers_[i][0], 0, values_[i].birth, values_[i].death};
  }
  SetLifetimes();
}

void TensorPlan::MakeLayouts(const Shape& shape) {
  const auto pixels = [](int rows, int columns) {
    return std::to_string(rows) + " x " + std::to_string(columns);
  };
  const std::string given = pixels(shape.height, shape.width) + " pixels";
  const auto reject = [&](const Layer& layer, const std::string& reason) {
    throw std::invalid_argument("Layer " + layer.name + " " + reason + " at an input of " + given + ".");
  };
  if (!shape.Possible()) {
    throw std::invalid_argument("A batch of " + std::to_string(shape.images) + " images of " + given +
                                " cannot be computed: it is empty or too large.");
  }
  const size_t count = graph_.layers.size();
  std::vector<std::pair<int, int>> sizes(count);
  std::map<std::pair<int, int>, int> halos;
  for (size_t i = 0; i < count; ++i) {
    const Layer& layer = graph_.layers[i];
    std::pair<int, int> size =
        layer.inputs.empty() ? std::make_pair(shape.height, shape.width) : sizes[layer.inputs[0]];
    int& halo = halos[size];
    halo = std::max(halo, Radius(layer));
    for (int input : layer.inputs) {
      if (sizes[input] != size) reject(layer, "joins feature maps of different sizes");
    }
    if (layer.kind == Kind::MaxPool) {
      if (size.first % 2 != 0 || size.second % 2 != 0)
        reject(layer, "cannot halve " + pixels(size.first, size.second));
      size = {size.first / 2, size.second / 2};
    } else if (layer.kind == Kind::TransposedConvolution) {
      const int most = Shape::kMostSide / layer.stride;
      if (size.first > most || size.second > most) reject(layer, "makes too large a feature map");
      size = {size.first * layer.stride, size.second * layer.stride};
    }
    if (!Shape{shape.images, size.first, size.second}.Possible())
      reject(layer, "makes too large a feature map");
    sizes[i] = size;
    halos[size];
  }
  if (sizes.back() != sizes.front())
    reject(graph_.layers.back(), "gives logits of " + pixels(sizes.back().first, sizes.back().second));
  for (const auto& [size, halo] : halos) {
    by_size_[size] = std::make_unique<Layout>(shape.images, size.first, size.second, halo);
  }
  for (const auto& size : sizes) layouts_.push_back(by_size_[size].get());
}

void TensorPlan::MakeTables() {
  for (const auto& [_, layout] : by_size_) layout->MakeTables();
}

int64_t TensorPlan::TableBytes() const {
  int64_t bytes = 0;
  for (const auto& [_, layout] : by_size_) bytes += layout->TableBytes();
  return bytes;
}

// The input of a concatenation is computed where the concatenation wants it, unless a later layer, too,
// writes to its gradient: that one would come first in the backward pass.
void TensorPlan::ShareConcatenations() {
  for (int i = 0; i < static_cast<int>(graph_.layers.size()); ++i) {
    const Layer& layer = graph_.layers[i];
    if (layer.kind != Kind::Concatenate) continue;
    int offset = 0;
    for (int input : layer.inputs) {
      const auto& readers = consumers_[input];
      if (readers.back() == i && std::count(readers.begin(), readers.end(), i) == 1 &&
          values_[input].owner == input) {
        values_[input].owner = gradients_[input].owner = i;
        values_[input].offset = gradients_[input].offset = offset;
      }
      offset += graph_.layers[input].channels;
    }
  }
}

// Element-wise layers turn the gradient of their output into that of their input in place.
void TensorPlan::ShareGradients() {
  for (int i = 0; i < static_cast<int>(graph_.layers.size()); ++i) {
    const Layer& layer = graph_.layers[i];
    const bool in_place = layer.kind == Kind::BatchNorm || layer.kind == Kind::Relu ||
                          layer.kind == Kind::Dropout || layer.kind == Kind::Add;
    if (!in_place) continue;
    const int input = layer.inputs[0];
    if (consumers_[input].size() == 1 && gradients_[input].owner == input) gradients_[input].owner = i;
  }
}

void TensorPlan::SetLifetimes() {
  const int count = static_cast<int>(graph_.layers.size());
  for (int i = 0; i < count; ++i) {
    const Kind kind = graph_.layers[i].kind;
    Place& value = values_[i];
    for (int reader : consumers_[i]) {
      value.death = std::max(value.death, reader);
      const Kind reading = graph_.layers[reader].kind;
      const bool needs_input = reading == Kind::Convolution || reading == Kind::TransposedConvolution ||
                               reading == Kind::BatchNorm || reading == Kind::MaxPool;
      if (training_ && needs_input) value.death = std::max(value.death, Backward(reader));
    }
    const bool needs_output = kind == Kind::Relu || graph_.layers[i].relu;
    if (training_ && needs_output && kind != Kind::BatchNorm)
      value.death = std::max(value.death, Backward(i));
    if (i + 1 == count) value.death = std::max(value.death, count);
    gradients_[i].birth = i + 1 == count ? count : Backward(consumers_[i].back());
  }
  for (auto* places : {&values_, &gradients_}) {
    for (int i = 0; i < count; ++i) {
      Place& root = (*places)[Root(*places, i).first];
      root.birth = std::min(root.birth, (*places)[i].birth);
      root.death = std::max(root.death, (*places)[i].death);
    }
  }
}

std::pair<int, int> TensorPlan::Root(const std::vector<Place>& places, int layer) {
  int offset = 0;
  while (places[layer].owner != layer) {
    offset += places[layer].offset;
    layer = places[layer].owner;
  }
  return {layer, offset};
}

void TensorPlan::Request(MemoryPlan& memory) {
  for (size_t i = 0; i < graph_.layers.size(); ++i) {
    const int64_t size = layouts_[i]->Size(graph_.layers[i].channels);
    const int layer = static_cast<int>(i);
    if (values_[i].owner == layer)
      values_[i].request = memory.Request(size, values_[i].birth, values_[i].death);
    if (HasGradient(layer) && gradients_[i].owner == layer) {
      gradients_[i].request = memory.Request(size, gradients_[i].birth, gradients_[i].death);
    }
  }
}

Planes TensorPlan::At(const std::vector<Place>& places, int layer, const MemoryPlan& memory,
                      float* arena) const {
  const auto [root, offset] = Root(places, layer);
  const Layout& layout = *layouts_[layer];
  const Planes whole{arena + memory.Offset(places[root].request) + layout.lead, &layout,
                     graph_.layers[root].channels};
  return whole.Slice(offset, graph_.layers[layer].channels);
}

}  // namespace ccnet::step
