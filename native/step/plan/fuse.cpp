#include "step/plan/fuse.h"

namespace ccnet::step {
namespace {

bool IsConvolution(const Layer& layer) {
  return layer.kind == Kind::Convolution || layer.kind == Kind::TransposedConvolution;
}

}  // namespace

Graph Fuse(const Graph& graph) {
  const auto consumers = graph.Consumers();
  const auto read_only_by = [&](int layer, Kind kind) {
    return consumers[layer].size() == 1 && graph.layers[consumers[layer][0]].kind == kind;
  };
  const auto takes_relu = [&](int layer) {
    const Layer& it = graph.layers[layer];
    return (IsConvolution(it) || it.kind == Kind::BatchNorm) && read_only_by(layer, Kind::Relu);
  };
  Graph fused;
  fused.weights = graph.weights;
  std::vector<int> index_of(graph.layers.size());
  for (size_t i = 0; i < graph.layers.size(); ++i) {
    const int index = static_cast<int>(i);
    Layer layer = graph.layers[i];
    if (layer.kind == Kind::Relu && takes_relu(layer.inputs[0])) {
      index_of[i] = index_of[layer.inputs[0]];
      continue;
    }
    for (int& input : layer.inputs) input = index_of[input];
    layer.relu = takes_relu(index);
    layer.normalized = IsConvolution(layer) && read_only_by(index, Kind::BatchNorm);
    index_of[i] = static_cast<int>(fused.layers.size());
    fused.layers.push_back(std::move(layer));
  }
  return fused;
}

std::vector<const Layer*> FoldableNorms(const Graph& fused) {
  const auto consumers = fused.Consumers();
  std::vector<const Layer*> norms(fused.layers.size(), nullptr);
  for (size_t i = 0; i < norms.size(); ++i) {
    if (fused.layers[i].normalized) norms[i] = &fused.layers[consumers[i][0]];
  }
  return norms;
}

}  // namespace ccnet::step
