#pragma once
#include <memory>
#include <vector>

#include "memory_plan.h"
#include "operation.h"
#include "tensor_plan.h"

namespace ccnet::step {

/// A network made ready for one input shape, for training or for inference: its operations and one arena.
class Session {
 public:
  Session(const Graph& graph, Parameters& parameters, const Kernels& kernels, int images, int height,
          int width, bool training);

  bool Fits(int images, int height, int width) const;
  int64_t ArenaBytes() const { return arena_size_ * static_cast<int64_t>(sizeof(float)); }

  /// Forward and backward pass: leaves the gradients in the parameters and moves the averages of batch norm.
  /// @param images  images * height * width * channels, channel-last
  /// @returns the loss.
  double Gradients(const float* images, const uint8_t* masks, float foreground_weight, uint32_t seed);

  /// Foreground probabilities.
  void Predict(const float* images, float* probabilities);

 private:
  float* Aligned() const;
  std::unique_ptr<Operation> MakeOperation(int layer, const Layer* norm) const;
  void Bind(const MemoryPlan& memory, const std::vector<int>& forward, const std::vector<int>& backward);
  void LoadImages(const float* images);
  void Forward();

  const Graph& graph_;
  Environment environment_;
  std::vector<const Layer*> norms_;
  TensorPlan plan_;
  std::vector<std::unique_ptr<Operation>> operations_;  // null: the input, and what is folded into another
  std::unique_ptr<float[]> memory_;
  int64_t arena_size_ = 0;
  Planes input_, logits_, logits_gradient_;
  float* probabilities_ = nullptr;
};

}  // namespace ccnet::step
