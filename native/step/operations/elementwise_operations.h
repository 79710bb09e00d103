#pragma once
#include "step/operations/operation.h"

namespace ccnet::step {

class ReluOperation : public Operation {
 public:
  void Forward(Environment&) override;
  void Backward(Environment&) override;
};

/// Sum of all inputs.
class AddOperation : public Operation {
 public:
  void Forward(Environment&) override;
  void Backward(Environment&) override;
};

/// Copies the inputs that do not already lie in their slice of the output (Session::AliasConcatenations).
class ConcatenateOperation : public Operation {
 public:
  void Forward(Environment&) override;
  void Backward(Environment&) override;
};

/// Zeroes values with probability `rate` and scales the others by 1 / (1 - rate); the identity in inference.
class DropoutOperation : public Operation {
 public:
  DropoutOperation(float rate, int layer) : rate_(rate), layer_(static_cast<uint32_t>(layer)) {}
  void Forward(Environment&) override;
  void Backward(Environment&) override;

 private:
  void Apply(Environment&, const Planes& x, const Planes& y, bool accumulate) const;

  float rate_;
  uint32_t layer_;
};

/// 2x2 maximum, stride 2; the gradient goes to the first maximum of a window.
class MaxPoolOperation : public Operation {
 public:
  void Forward(Environment&) override;
  void Backward(Environment&) override;
};

}  // namespace ccnet::step
