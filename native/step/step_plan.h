#pragma once
#include <memory>
#include <vector>

#include "step/operations/operation.h"
#include "step/plan/memory_plan.h"
#include "step/plan/tensor_plan.h"

namespace ccnet::step {

/// What a fused graph does for one input shape, in training or in inference: its operations, and where in an
/// arena their tensors lie. Making it takes no memory for what it plans; Allocate then binds it to an arena.
class StepPlan {
 public:
  StepPlan(const Graph& graph, const Shape& shape, bool training);

  int64_t ArenaBytes() const { return arena_floats_ * static_cast<int64_t>(sizeof(float)); }
  /// What Allocate takes besides the arena: prepared filters, batch statistics, tables of the layouts.
  int64_t KeptBytes() const;
  /// Scratch memory that every thread keeps.
  int64_t ThreadBytes() const;
  const Shape& ShapeOf() const { return shape_; }

  void Allocate(float* arena);

  /// In order, null for the input and for what is folded into another.
  const std::vector<std::unique_ptr<Operation>>& Operations() const { return operations_; }
  /// After Allocate.
  const Planes& Input() const { return input_; }
  const Planes& Logits() const { return logits_; }
  const Planes& LogitsGradient() const { return logits_gradient_; }
  /// One value a pixel, for the loss.
  float* Probabilities() const { return probabilities_; }

 private:
  std::unique_ptr<Operation> MakeOperation(int layer) const;
  void Bind(float* arena);

  const Graph& graph_;
  const Shape shape_;
  const bool training_;
  std::vector<const Layer*> norms_;
  TensorPlan tensors_;
  std::vector<std::unique_ptr<Operation>> operations_;
  MemoryPlan memory_;
  std::vector<int> forward_, backward_;  // requests of scratch memory, -1 for none
  int probabilities_request_ = -1;
  int64_t arena_floats_ = 0;
  Planes input_, logits_, logits_gradient_;
  float* probabilities_ = nullptr;
};

}  // namespace ccnet::step
