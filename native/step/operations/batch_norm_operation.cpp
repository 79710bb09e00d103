#include "step/operations/batch_norm_operation.h"

#include <cmath>

namespace ccnet::step {
namespace {

struct Moments {
  double mean, variance;
};

// Merges the ranges' means and squared deviations (Chan, Golub, LeVeque 1979): no cancellation between large
// sums.
Moments Merge(const PartialMoments* ranges, int64_t count) {
  double pixels = 0.0, sum = 0.0, squares = 0.0;
  for (int64_t i = 0; i < count; ++i) {
    pixels += static_cast<double>(ranges[i].count);
    sum += ranges[i].sum;
  }
  const double mean = sum / pixels;
  for (int64_t i = 0; i < count; ++i) {
    if (ranges[i].count == 0) continue;
    const double n = static_cast<double>(ranges[i].count), difference = ranges[i].sum / n - mean;
    squares += ranges[i].squares + n * difference * difference;
  }
  return {mean, squares / pixels};
}

int64_t Ranges(const Layout& layout) { return (layout.length + kElementwiseRange - 1) / kElementwiseRange; }

}  // namespace

BatchNormOperation::BatchNormOperation(const Layer& layer, const Layout& layout, int64_t parts, bool training)
    : layer_(layer),
      layout_(layout),
      training_(training),
      given_(parts > 0),
      parts_(given_ ? parts : Ranges(layout)) {}

int64_t BatchNormOperation::KeptBytes() const {
  const int64_t moments = parts_ * static_cast<int64_t>(sizeof(PartialMoments));
  const int64_t sums = 2 * Ranges(layout_) * static_cast<int64_t>(sizeof(float));
  const int64_t coefficients = static_cast<int64_t>(sizeof(BatchNormCoefficients) + sizeof(float));
  const int64_t variance = static_cast<int64_t>(sizeof(float));
  return layer_.channels * (coefficients + (training_ ? moments + sums + variance : 0));
}

void BatchNormOperation::Allocate() {
  const size_t channels = static_cast<size_t>(layer_.channels);
  coefficients_.resize(channels);
  inverse_deviation_.resize(channels);
  if (!training_) return;
  variance_.resize(channels);
  moments_.resize(channels * static_cast<size_t>(parts_));
  sums_.resize(channels * static_cast<size_t>(2 * Ranges(layout_)));
}

void BatchNormOperation::TakeMoments(const Kernels& kernels) {
  const int64_t ranges = parts_;
  PartialMoments* moments = Partial();
  const Planes& x = tensors.inputs[0];
  ForRanges(x, [&](int c, int64_t begin, int64_t end) {
    const float sum = kernels.sum(x.Channel(c) + begin, end - begin);
    const int64_t count = layout_.Inside(begin, end);
    const float mean = count > 0 ? sum / static_cast<float>(count) : 0.0f;
    moments[c * ranges + begin / kElementwiseRange] = {
        count, sum, kernels.squares(x.Channel(c), mean, layout_.mask.data(), begin, end)};
  });
}

void BatchNormOperation::Forward(Environment& environment) {
  const Kernels& kernels = environment.kernels;
  Parameters& parameters = environment.parameters;
  const float *gamma = parameters.Value(layer_.gamma), *beta = parameters.Value(layer_.beta);
  const float *moving_mean = parameters.Value(layer_.mean),
              *moving_variance = parameters.Value(layer_.variance);
  if (training_ && !given_) TakeMoments(kernels);
  for (int c = 0; c < layer_.channels; ++c) {
    float mean = moving_mean[c], variance = moving_variance[c];
    if (training_) {
      const Moments moments = Merge(moments_.data() + c * parts_, parts_);
      mean = static_cast<float>(moments.mean);
      variance = variance_[c] = static_cast<float>(moments.variance);
    }
    inverse_deviation_[c] = 1.0f / std::sqrt(variance + layer_.epsilon);
    const float scale = gamma[c] * inverse_deviation_[c];
    coefficients_[c] = {scale, beta[c] - mean * scale, mean, 0.0f, 0.0f};
  }
  const Planes &x = tensors.inputs[0], &y = tensors.output;
  ForRanges(y, [&](int c, int64_t begin, int64_t end) {
    if (begin == 0) ClearMargins(y, c);
    kernels.normalize(x.Channel(c), y.Channel(c), coefficients_[c], layer_.relu, layout_.mask.data(), begin,
                      end);
  });
}

void BatchNormOperation::Commit(Parameters& parameters) noexcept {
  float* moving_mean = parameters.list[layer_.mean].value.data();
  float* moving_variance = parameters.list[layer_.variance].value.data();
  const float decay = static_cast<float>(1.0 - layer_.momentum);
  for (int c = 0; c < layer_.channels; ++c) {
    moving_mean[c] -= (moving_mean[c] - coefficients_[c].mean) * decay;
    moving_variance[c] -= (moving_variance[c] - variance_[c]) * decay;
  }
}

void BatchNormOperation::Backward(Environment& environment) {
  const Kernels& kernels = environment.kernels;
  const Planes &x = tensors.inputs[0], &dy = tensors.output_gradient, &dx = tensors.input_gradients[0];
  const int64_t ranges = Ranges(layout_);
  ForRanges(dy, [&](int c, int64_t begin, int64_t end) {
    kernels.normalizeSums(x.Channel(c), dy.Channel(c), coefficients_[c], layer_.relu, begin, end,
                          &sums_[2 * (c * ranges + begin / kElementwiseRange)]);
  });
  float* gamma_gradient = environment.parameters.Gradient(layer_.gamma);
  float* beta_gradient = environment.parameters.Gradient(layer_.beta);
  const double pixels = static_cast<double>(layout_.Pixels());
  for (int c = 0; c < layer_.channels; ++c) {
    double sum = 0.0, product = 0.0;
    for (int64_t i = c * ranges; i < (c + 1) * ranges; ++i) {
      sum += sums_[2 * i];
      product += sums_[2 * i + 1];
    }
    const double inverse = inverse_deviation_[c];
    beta_gradient[c] = static_cast<float>(sum);
    gamma_gradient[c] = static_cast<float>(product * inverse);
    coefficients_[c].gradientMean = static_cast<float>(sum / pixels);
    coefficients_[c].gradientSlope = static_cast<float>(product * inverse * inverse / pixels);
  }
  if (!dx.data) return;
  ForRanges(dx, [&](int c, int64_t begin, int64_t end) {
    if (begin == 0) ClearMargins(dx, c);
    kernels.normalizeGradient(x.Channel(c), dy.Channel(c), dx.Channel(c), coefficients_[c], layer_.relu,
                              tensors.accumulate[0], layout_.mask.data(), begin, end);
  });
}

}  // namespace ccnet::step
