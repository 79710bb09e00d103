#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "step/kernels/kernels.h"
#include "step/plan/graph.h"

namespace ccnet::step {

/// One weight of the model; moments and gradient are empty when it is not trained by gradients.
struct Parameter {
  explicit Parameter(const WeightSize& size);
  static int64_t Bytes(const WeightSize& size);

  std::vector<float> value, gradient, m, v;
  bool trainable;
};

/// All weights, in the order of the graph's list, and the state of Adam.
struct Parameters {
  explicit Parameters(const std::vector<WeightSize>& sizes);

  std::vector<Parameter> list;
  int64_t steps = 0;
  /// Changes with every change of the weights.
  int64_t version = 0;

  const float* Value(int index) const { return list[index].value.data(); }
  float* Gradient(int index) { return list[index].gradient.data(); }

  /// One Adam step with the given gradients: beta1 0.9, beta2 0.999, epsilon 1e-7, and the bias corrections
  /// in fp32 as TensorFlow.js computes them.
  void Update(const Kernels& kernels, float rate) noexcept;

 private:
  struct Piece {
    Parameter* parameter;
    int64_t begin, count;
  };
  std::vector<Piece> pieces_;  // tasks of an update
};

}  // namespace ccnet::step
