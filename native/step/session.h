#pragma once
#include <memory>

#include "step/step_plan.h"

namespace ccnet::step {

/// A network made ready for one input shape, for training or for inference: its plan and one arena.
class Session {
 public:
  /// @param graph  fused
  Session(const Graph& graph, Parameters& parameters, const Kernels& kernels, const Shape& shape,
          bool training);

  bool Fits(const Shape& shape) const { return plan_.ShapeOf() == shape; }
  int64_t ArenaBytes() const { return plan_.ArenaBytes(); }

  /// Forward and backward pass: leaves the gradients in the parameters. Once nothing can fail any more, it
  /// moves the averages of batch norm.
  /// @param images  images * height * width * channels, channel-last
  /// @returns the loss.
  double Gradients(const float* images, const uint8_t* masks, float foreground_weight, uint32_t seed);

  /// Foreground probabilities.
  void Predict(const float* images, float* probabilities);

 private:
  void LoadImages(const float* images);
  void Forward();

  Environment environment_;
  StepPlan plan_;
  std::unique_ptr<float[]> memory_;
};

}  // namespace ccnet::step
