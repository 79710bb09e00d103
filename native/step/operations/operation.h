#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "common/team.h"
#include "step/kernels/kernels.h"
#include "step/operations/parameters.h"
#include "step/plan/graph.h"
#include "step/plan/layout.h"

namespace ccnet::step {

/// What an operation computes with, the same for all operations of a network.
struct Environment {
  const Kernels& kernels;
  Parameters& parameters;
  bool training;
  /// Seed of the random draws of this step.
  uint32_t seed = 0;
};

/// Where an operation's tensors lie. A gradient with data == nullptr is not wanted.
struct Tensors {
  std::vector<Planes> inputs, input_gradients;
  /// For each input, whether its gradient is added to what later layers have written.
  std::vector<bool> accumulate;
  Planes output, output_gradient;
  float* forward_scratch = nullptr;
  float* backward_scratch = nullptr;
};

/// One layer for one input shape.
class Operation {
 public:
  virtual ~Operation() = default;
  virtual void Forward(Environment& environment) = 0;
  /// Reads output_gradient; writes or adds to input_gradients and writes the gradients of the parameters.
  virtual void Backward(Environment& environment) = 0;
  /// After the backward pass: changes the weights that no gradient changes. Cannot fail, so that a step that
  /// fails has changed nothing.
  virtual void Commit(Parameters&) noexcept {}
  /// Floats of scratch memory, which hold nothing from one call to the next.
  virtual int64_t ForwardScratch() const { return 0; }
  virtual int64_t BackwardScratch() const { return 0; }
  /// Floats of scratch memory of each thread (thread_scratch.h).
  virtual int64_t ThreadFloats() const { return 0; }
  /// Bytes that Allocate takes, for what stays from one call to the next.
  virtual int64_t KeptBytes() const { return 0; }
  /// Comes before the first Forward: an operation that is only planned holds no such memory.
  virtual void Allocate() {}

  Tensors tensors;
};

/// Positions of a task of an element-wise operation.
constexpr int64_t kElementwiseRange = 8192;

/// Calls body(channel, begin, end) in parallel for ranges of positions of every channel.
template <class Body>
void ForRanges(const Planes& planes, Body body) {
  const int64_t length = planes.layout->length;
  const int64_t ranges = (length + kElementwiseRange - 1) / kElementwiseRange;
  ForTasks(ranges * planes.channels, [&](int64_t task) {
    const int64_t begin = task % ranges * kElementwiseRange;
    body(static_cast<int>(task / ranges), begin, std::min(begin + kElementwiseRange, length));
  });
}

/// Zeroes the halo of one image of one channel after its rows were written one by one: columns, rows below,
/// and with the first image the margins.
void ClearHalo(const Planes& planes, int c, int64_t image);

/// Zeroes the rows below one image of one channel, and the unused end of the channel behind the last image.
void ClearBelow(const Planes& planes, int c, int64_t image);

/// What the two convolutions' backward passes begin with: turns the gradient of the output into that before
/// the layer's ReLU, where it has one, in place, and sums it up as the gradient of the bias, where that has
/// an effect.
void ReluAndBiasGradient(const Layer& layer, Environment& environment, const Tensors& tensors);

}  // namespace ccnet::step
