#pragma once
#include <cstdint>
#include <vector>

namespace ccnet {

/// A linear rule: foreground where intercept + weights . features is large.
struct LinearModel {
  std::vector<double> weights;
  double intercept = 0;

  bool Fitted() const { return !weights.empty(); }
};

/// Labelled rows of features, one row after another.
struct LabelledRows {
  int features = 0;
  std::vector<float> values;
  std::vector<uint8_t> labels;

  int64_t Count() const { return static_cast<int64_t>(labels.size()); }
  bool BothClasses() const;
};

/// Logistic regression on standardised features with both classes weighing the same in all: minimises
/// |w|^2 / 2 + penalty_inverse * sum of the weighted log-losses, the intercept free, by Newton's method in
/// double precision. The weights returned apply to the features as they are given; a feature that never
/// changes gets 0. Works on all threads; the result is the same at any number of them.
LinearModel FitLogistic(const LabelledRows& rows, double penalty_inverse);

}  // namespace ccnet
