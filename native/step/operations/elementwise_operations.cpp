#include "step/operations/elementwise_operations.h"

namespace ccnet::step {
namespace {

void CopyPlanes(const Kernels& kernels, const Planes& from, const Planes& to, bool accumulate) {
  ForRanges(to, [&](int c, int64_t begin, int64_t end) {
    if (begin == 0) ClearMargins(to, c);
    kernels.copy(from.Channel(c) + begin, to.Channel(c) + begin, accumulate, end - begin);
  });
}

}  // namespace

void ReluOperation::Forward(Environment& environment) {
  const Planes &x = tensors.inputs[0], &y = tensors.output;
  ForRanges(y, [&](int c, int64_t begin, int64_t end) {
    if (begin == 0) ClearMargins(y, c);
    environment.kernels.relu(x.Channel(c) + begin, y.Channel(c) + begin, end - begin);
  });
}

void ReluOperation::Backward(Environment& environment) {
  const Planes &y = tensors.output, &dy = tensors.output_gradient, &dx = tensors.input_gradients[0];
  if (!dx.data) return;
  ForRanges(dx, [&](int c, int64_t begin, int64_t end) {
    if (begin == 0) ClearMargins(dx, c);
    environment.kernels.reluGradient(y.Channel(c) + begin, dy.Channel(c) + begin, dx.Channel(c) + begin,
                                     tensors.accumulate[0], end - begin);
  });
}

void AddOperation::Forward(Environment& environment) {
  for (size_t i = 0; i < tensors.inputs.size(); ++i) {
    CopyPlanes(environment.kernels, tensors.inputs[i], tensors.output, i > 0);
  }
}

void AddOperation::Backward(Environment& environment) {
  for (size_t i = 0; i < tensors.inputs.size(); ++i) {
    const Planes& dx = tensors.input_gradients[i];
    if (!dx.data || dx.data == tensors.output_gradient.data) continue;
    CopyPlanes(environment.kernels, tensors.output_gradient, dx, tensors.accumulate[i]);
  }
}

void ConcatenateOperation::Forward(Environment& environment) {
  int first = 0;
  for (const Planes& input : tensors.inputs) {
    const Planes slice = tensors.output.Slice(first, input.channels);
    if (slice.data != input.data) CopyPlanes(environment.kernels, input, slice, false);
    first += input.channels;
  }
}

void ConcatenateOperation::Backward(Environment& environment) {
  int first = 0;
  for (size_t i = 0; i < tensors.inputs.size(); ++i) {
    const Planes slice = tensors.output_gradient.Slice(first, tensors.inputs[i].channels);
    const Planes& dx = tensors.input_gradients[i];
    if (dx.data && dx.data != slice.data) CopyPlanes(environment.kernels, slice, dx, tensors.accumulate[i]);
    first += tensors.inputs[i].channels;
  }
}

void DropoutOperation::Apply(Environment& environment, const Planes& x, const Planes& y,
                             bool accumulate) const {
  const uint32_t seed = (environment.seed + layer_ * 0x632BE59Bu) * 0x9E3779B1u;
  ForRanges(y, [&](int c, int64_t begin, int64_t end) {
    if (begin == 0) ClearMargins(y, c);
    const uint32_t position = static_cast<uint32_t>(c * y.layout->length + begin);
    environment.kernels.dropout(x.Channel(c) + begin, y.Channel(c) + begin, accumulate, rate_, seed, position,
                                end - begin);
  });
}

void DropoutOperation::Forward(Environment& environment) {
  if (environment.training) return Apply(environment, tensors.inputs[0], tensors.output, false);
  CopyPlanes(environment.kernels, tensors.inputs[0], tensors.output, false);
}

void DropoutOperation::Backward(Environment& environment) {
  if (!tensors.input_gradients[0].data) return;
  Apply(environment, tensors.output_gradient, tensors.input_gradients[0], tensors.accumulate[0]);
}

void MaxPoolOperation::Forward(Environment& environment) {
  const Planes &x = tensors.inputs[0], &y = tensors.output;
  const Layout& layout = *y.layout;
  ForTasks(static_cast<int64_t>(y.channels) * layout.images, [&](int64_t task) {
    const int c = static_cast<int>(task % y.channels);
    const int64_t image = task / y.channels;
    for (int64_t row = 0; row < layout.height; ++row) {
      environment.kernels.maxPool(x.Row(c, image, 2 * row), x.Row(c, image, 2 * row + 1),
                                  y.Row(c, image, row), layout.width);
    }
    ClearHalo(y, c, image);
  });
}

void MaxPoolOperation::Backward(Environment& environment) {
  const Planes &x = tensors.inputs[0], &dy = tensors.output_gradient, &dx = tensors.input_gradients[0];
  const Layout& layout = *dy.layout;
  if (!dx.data) return;
  ForTasks(static_cast<int64_t>(dy.channels) * layout.images, [&](int64_t task) {
    const int c = static_cast<int>(task % dy.channels);
    const int64_t image = task / dy.channels;
    for (int64_t row = 0; row < layout.height; ++row) {
      environment.kernels.maxPoolGradient(x.Row(c, image, 2 * row), x.Row(c, image, 2 * row + 1),
                                          dy.Row(c, image, row), dx.Row(c, image, 2 * row),
                                          dx.Row(c, image, 2 * row + 1), tensors.accumulate[0], layout.width);
    }
    if (!tensors.accumulate[0]) ClearHalo(dx, c, image);
  });
}

}  // namespace ccnet::step
