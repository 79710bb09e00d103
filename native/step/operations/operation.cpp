#include "step/operations/operation.h"

namespace ccnet::step {
namespace {

/// out[c] = sum over the positions of channel c.
void ChannelSums(const Kernels& kernels, const Planes& planes, float* out) {
  const Layout& layout = *planes.layout;
  ForTasks(planes.channels, [&](int64_t c) {
    double sum = 0.0;
    for (int64_t begin = 0; begin < layout.length; begin += kElementwiseRange) {
      sum += kernels.sum(planes.Channel(c) + begin, std::min(kElementwiseRange, layout.length - begin));
    }
    out[c] = static_cast<float>(sum);
  });
}

}  // namespace

void ClearHalo(const Planes& planes, int c, int64_t image) {
  const Layout& layout = *planes.layout;
  if (image == 0) ClearMargins(planes, c);
  for (int64_t y = 0; y < layout.height; ++y) {
    float* end = planes.Row(c, image, y) + layout.width;
    std::fill(end, end + layout.halo, 0.0f);
  }
  ClearBelow(planes, c, image);
}

void ClearBelow(const Planes& planes, int c, int64_t image) {
  const Layout& layout = *planes.layout;
  float* below = planes.Row(c, image, layout.height);
  float* end =
      image + 1 == layout.images ? planes.Channel(c) + layout.length : below + layout.halo * layout.pitch;
  std::fill(below, end, 0.0f);
}

void ReluAndBiasGradient(const Layer& layer, Environment& environment, const Tensors& tensors) {
  const Kernels& kernels = environment.kernels;
  const Planes& gradient = tensors.output_gradient;
  if (layer.relu) {
    ForRanges(gradient, [&](int c, int64_t begin, int64_t end) {
      float* g = gradient.Channel(c) + begin;
      kernels.reluGradient(tensors.output.Channel(c) + begin, g, g, false, end - begin);
    });
  }
  // Batch norm subtracts the bias again: its gradient is zero, where a sum would only give rounding errors.
  if (!layer.normalized) ChannelSums(kernels, gradient, environment.parameters.Gradient(layer.bias));
}

}  // namespace ccnet::step
