#include "step/plan/graph.h"

namespace ccnet::step {

std::vector<std::vector<int>> Graph::Consumers() const {
  std::vector<std::vector<int>> consumers(layers.size());
  for (size_t i = 0; i < layers.size(); ++i) {
    for (int input : layers[i].inputs) consumers[input].push_back(static_cast<int>(i));
  }
  return consumers;
}

}  // namespace ccnet::step
