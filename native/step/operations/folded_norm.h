#pragma once
#include <cmath>
#include <vector>

#include "step/operations/parameters.h"
#include "step/plan/graph.h"

namespace ccnet::step {

/// The scale and bias of each output channel with which a convolution also does the batch norm that follows
/// it in inference: scale = gamma / sqrt(variance + epsilon), bias = beta + (bias - mean) * scale.
struct FoldedNorm {
  std::vector<float> scale, bias;

  FoldedNorm(const Layer& norm, const float* convolution_bias, const Parameters& parameters)
      : scale(norm.channels), bias(norm.channels) {
    const float *gamma = parameters.Value(norm.gamma), *beta = parameters.Value(norm.beta);
    const float *mean = parameters.Value(norm.mean), *variance = parameters.Value(norm.variance);
    for (int c = 0; c < norm.channels; ++c) {
      scale[c] = gamma[c] / std::sqrt(variance[c] + norm.epsilon);
      bias[c] = beta[c] + (convolution_bias[c] - mean[c]) * scale[c];
    }
  }
};

}  // namespace ccnet::step
