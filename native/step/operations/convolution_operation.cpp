#include "step/operations/convolution_operation.h"

#include "step/operations/batch_norm_operation.h"
#include "step/operations/flat_convolution.h"
#include "step/operations/winograd_convolution.h"

namespace ccnet::step {
namespace {

/// Prepared filters of this size and smaller are kept between inferences; larger ones cost more memory than
/// the time they save is worth.
constexpr int64_t kKeptFloats = int64_t{1} << 22;

std::vector<int64_t> Offsets(int kernel, const Layout& layout) {
  std::vector<int64_t> offsets;
  const int radius = kernel / 2;
  for (int y = -radius; y <= radius; ++y) {
    for (int x = -radius; x <= radius; ++x) offsets.push_back(y * layout.pitch + x);
  }
  return offsets;
}

// Kernels are [height, width, input, output].
WeightMap Map(int kernel, int inputs, int outputs) {
  WeightMap map;
  for (int o = 0; o < outputs; ++o) map.output.push_back(o);
  for (int i = 0; i < inputs; ++i) map.input.push_back(static_cast<int64_t>(i) * outputs);
  for (int t = 0; t < kernel * kernel; ++t) map.tap.push_back(static_cast<int64_t>(t) * inputs * outputs);
  return map;
}

std::unique_ptr<PlaneConvolution> MakeConvolution(const Layer& layer, const Layout& layout, int inputs) {
  WeightMap map = Map(layer.kernel, inputs, layer.channels);
  if (layer.kernel == 3 && WinogradConvolution::Pays(layout, inputs, layer.channels)) {
    return std::make_unique<WinogradConvolution>(layout, inputs, layer.channels, std::move(map));
  }
  return std::make_unique<FlatConvolution>(layout, inputs, layer.channels, Offsets(layer.kernel, layout),
                                           std::move(map));
}

}  // namespace

ConvolutionOperation::ConvolutionOperation(const Layer& layer, const Layer* norm, const Layout& layout,
                                           int inputs, bool training)
    : layer_(layer),
      norm_(norm),
      convolution_(MakeConvolution(layer, layout, inputs)),
      keep_filters_(!training && convolution_->PackedFloats() <= kKeptFloats) {}

int64_t ConvolutionOperation::ForwardScratch() const {
  return convolution_->ForwardScratch() + (keep_filters_ ? 0 : convolution_->PackedFloats());
}

int64_t ConvolutionOperation::BackwardScratch() const {
  return std::max(convolution_->InputScratch(), convolution_->FilterScratch());
}

void ConvolutionOperation::Forward(Environment& environment) {
  Epilogue epilogue;
  epilogue.bias = folded_ ? folded_->bias.data() : environment.parameters.Value(layer_.bias);
  float* packed = keep_filters_ ? filters_.data() : tensors.forward_scratch;
  if (!keep_filters_ || filters_version_ != environment.parameters.version) {
    const float* bias = environment.parameters.Value(layer_.bias);
    if (norm_) epilogue.bias = folded_.emplace(*norm_, bias, environment.parameters).bias.data();
    convolution_->Pack(environment.kernels, environment.parameters.Value(layer_.weights),
                       norm_ ? folded_->scale.data() : nullptr, packed);
    filters_version_ = environment.parameters.version;
  }
  epilogue.relu = norm_ ? norm_->relu : layer_.relu;
  if (statistics) epilogue.moments = statistics->Partial();
  float* scratch = keep_filters_ ? tensors.forward_scratch : packed + convolution_->PackedFloats();
  convolution_->Forward(environment.kernels, tensors.inputs[0], tensors.output, packed, scratch, epilogue);
}

void ConvolutionOperation::Backward(Environment& environment) {
  const Kernels& kernels = environment.kernels;
  Parameters& parameters = environment.parameters;
  const Planes& gradient = tensors.output_gradient;
  ReluAndBiasGradient(layer_, environment, tensors);
  convolution_->FilterGradient(kernels, tensors.inputs[0], gradient, tensors.backward_scratch,
                               parameters.Gradient(layer_.weights));
  if (tensors.input_gradients[0].data) {
    convolution_->InputGradient(kernels, gradient, tensors.input_gradients[0],
                                parameters.Value(layer_.weights), tensors.backward_scratch,
                                tensors.accumulate[0]);
  }
}

}  // namespace ccnet::step
