#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace ccnet::step {

enum class Kind {
  Input,
  Convolution,
  TransposedConvolution,
  BatchNorm,
  Relu,
  MaxPool,
  Concatenate,
  Add,
  Dropout
};

/// One layer of the network; its output tensor has the index of the layer. Parameters are indices into the
/// list of weights.
struct Layer {
  Kind kind = Kind::Input;
  std::string name;
  std::vector<int> inputs;
  int channels = 0;
  int kernel = 1, stride = 1;  ///< square
  float rate = 0.0f;           ///< dropout
  float epsilon = 0.0f;
  double momentum = 0.0;
  int weights = -1, bias = -1;                          ///< convolutions
  int gamma = -1, beta = -1, mean = -1, variance = -1;  ///< batch norm
  /// Set by Fuse. Convolution, batch norm: its output goes through a ReLU.
  bool relu = false;
  /// Set by Fuse. Convolution: read by a batch norm alone, so that its bias has no effect in training.
  bool normalized = false;
};

/// A weight before it has values.
struct WeightSize {
  std::string name;  ///< "LAYER/kernel", "LAYER/bias", ...
  int64_t floats;
  bool trainable;
};

/// Layers in topological order, the input first; the last one gives the logits. MakeGraph (make_graph.h)
/// makes it and vouches for it.
struct Graph {
  std::vector<Layer> layers;
  std::vector<WeightSize> weights;

  /// For each layer, those that read its output, in ascending order.
  std::vector<std::vector<int>> Consumers() const;
};

}  // namespace ccnet::step
