#pragma once
#include <vector>

#include "step/plan/graph.h"

namespace ccnet::step {

/// The graph as it runs: a ReLU that is the only reader of a convolution or batch norm becomes part of it,
/// and a convolution that only a batch norm reads is marked as such. The last layer stays the last.
Graph Fuse(const Graph& graph);

/// For each layer of a fused graph, the batch norm that an inference computes within that convolution, or
/// null.
std::vector<const Layer*> FoldableNorms(const Graph& fused);

}  // namespace ccnet::step
