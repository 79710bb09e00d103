#pragma once
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
/// list of weights, -1 for none.
struct Layer {
  Kind kind = Kind::Input;
  std::string name;
  std::vector<int> inputs;
  int channels = 0;
  int kernel = 1, stride = 1;  ///< square
  bool relu = false;           ///< convolution, batch norm: followed by a ReLU
  bool normalized = false;     ///< convolution: read by a batch norm alone, so that its bias has no effect
  float rate = 0.0f;           ///< dropout
  float epsilon = 0.0f;
  double momentum = 0.0;
  int weights = -1, bias = -1;                          ///< convolutions
  int gamma = -1, beta = -1, mean = -1, variance = -1;  ///< batch norm
};

/// Layers in topological order, the input first; the last one gives the logits.
struct Graph {
  std::vector<Layer> layers;

  /// For each layer, those that read its output, in ascending order.
  std::vector<std::vector<int>> Consumers() const;
};

}  // namespace ccnet::step
