#pragma once
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "step/plan/graph.h"
#include "step/plan/layout.h"
#include "step/plan/memory_plan.h"
#include "step/plan/shape.h"

namespace ccnet::step {

/// Shapes, layouts, lifetimes and sharing of the value and gradient of every layer's output, for one input
/// shape. Times: the forward pass of layer i is i, the loss n, the backward pass of layer i is 2 n - i.
class TensorPlan {
 public:
  /// @param folded  for each layer, whether its batch norm consumer is folded into it, so that both share
  /// memory.
  /// @throws std::invalid_argument when the layers do not fit the shape.
  TensorPlan(const Graph& graph, const Shape& shape, bool training, const std::vector<bool>& folded);

  const Layout& LayoutOf(int layer) const { return *layouts_[layer]; }
  int Backward(int layer) const { return 2 * static_cast<int>(graph_.layers.size()) - layer; }
  bool HasGradient(int layer) const { return training_ && graph_.layers[layer].kind != Kind::Input; }

  /// Makes the tables of all layouts, which computing takes.
  void MakeTables();
  int64_t TableBytes() const;

  /// Asks `memory` for all values and gradients.
  void Request(MemoryPlan& memory);
  Planes Value(int layer, const MemoryPlan& memory, float* arena) const {
    return At(values_, layer, memory, arena);
  }
  Planes Gradient(int layer, const MemoryPlan& memory, float* arena) const {
    return HasGradient(layer) ? At(gradients_, layer, memory, arena) : Planes{};
  }

 private:
  /// A tensor that lies in another one's memory from channel `offset`, or in its own (owner == itself).
  struct Place {
    int owner, offset;
    int birth, death;
    int request = -1;
  };
  void MakeLayouts(const Shape& shape);
  void ShareConcatenations();
  void ShareGradients();
  void SetLifetimes();
  static std::pair<int, int> Root(const std::vector<Place>& places, int layer);
  Planes At(const std::vector<Place>& places, int layer, const MemoryPlan& memory, float* arena) const;

  const Graph& graph_;
  bool training_;
  std::vector<std::vector<int>> consumers_;
  std::map<std::pair<int, int>, std::unique_ptr<Layout>> by_size_;
  std::vector<const Layout*> layouts_;
  std::vector<Place> values_, gradients_;
};

}  // namespace ccnet::step
