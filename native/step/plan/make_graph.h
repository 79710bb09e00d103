#pragma once
#include <string>
#include <vector>

#include "step/plan/graph.h"

namespace ccnet::step {

/// Far beyond any network, and few enough for indices and sums.
constexpr uint32_t kMostLayers = 4096;

/// One layer as its caller describes it (src-main/network/layerDescription.ts).
struct LayerDescription {
  Kind kind = Kind::Input;
  std::string name;
  std::vector<std::string> inputs;  ///< names
  int channels = 0;
  int kernel = 1, stride = 1;
  double rate = 0.0;
  double epsilon = 0.0, momentum = 0.0;
};

/// The graph of a network from its description, checked once so that nothing behind it needs to: layers
/// follow their inputs, which exist; kernels, strides, rates and numbers of channels are such as the
/// operations take, and agree with each other; every layer but the last is read; the last one gives the two
/// logits.
/// @param layers  in forward order
/// @throws std::invalid_argument that names the layer and what is wrong with it.
Graph MakeGraph(const std::vector<LayerDescription>& layers);

}  // namespace ccnet::step
