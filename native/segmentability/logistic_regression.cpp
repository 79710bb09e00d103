#include "segmentability/logistic_regression.h"

#include <algorithm>
#include <cmath>

#include "common/team.h"

namespace ccnet {
namespace {

constexpr int kMostIterations = 50;
constexpr int kRowsAtOnce = 1024;

// Features as they are fitted: zero mean, unit variance, and a last one that is 1, for the intercept.
struct Problem {
  int size = 0;
  std::vector<double> rows;
  std::vector<double> importance;
  std::vector<double> sign;
  double penalty_inverse = 1;

  int64_t Count() const { return static_cast<int64_t>(sign.size()); }
  const double* Row(int64_t row) const { return rows.data() + row * size; }
};

// Value, gradient and (lower triangle of the) Hessian of what is minimised, or a part of their sums.
struct Expansion {
  double value = 0;
  std::vector<double> gradient, hessian;

  explicit Expansion(int size) : gradient(size), hessian(static_cast<size_t>(size) * size) {}

  void Add(const Expansion& part) {
    value += part.value;
    for (size_t i = 0; i < gradient.size(); ++i) gradient[i] += part.gradient[i];
    for (size_t i = 0; i < hessian.size(); ++i) hessian[i] += part.hessian[i];
  }
};

double Dot(const double* a, const double* b, int size) {
  double lanes[4] = {};
  int i = 0;
  for (; i + 4 <= size; i += 4) {
    for (int l = 0; l < 4; ++l) lanes[l] += a[i + l] * b[i + l];
  }
  for (; i < size; ++i) lanes[0] += a[i] * b[i];
  return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

// log(1 + exp(-m)), which neither overflows nor loses small values.
double LogLoss(double margin) {
  return margin > 0 ? std::log1p(std::exp(-margin)) : std::log1p(std::exp(margin)) - margin;
}

void AddRows(const Problem& problem, const std::vector<double>& at, int64_t begin, int64_t end,
             Expansion& sums) {
  const int size = problem.size;
  for (int64_t r = begin; r < end; ++r) {
    const double* row = problem.Row(r);
    const double margin = problem.sign[r] * Dot(row, at.data(), size);
    const double importance = problem.penalty_inverse * problem.importance[r];
    const double miss = 1 / (1 + std::exp(margin));  // probability of the other class
    sums.value += importance * LogLoss(margin);
    const double slope = -importance * miss * problem.sign[r];
    const double bend = importance * miss * (1 - miss);
    for (int i = 0; i < size; ++i) {
      sums.gradient[i] += slope * row[i];
      const double scaled = bend * row[i];
      double* __restrict line = sums.hessian.data() + static_cast<size_t>(i) * size;
      for (int j = 0; j <= i; ++j) line[j] += scaled * row[j];
    }
  }
}

// Blocks of rows are summed apart and then added in order, so that the sums do not depend on the threads.
Expansion Expand(const Problem& problem, const std::vector<double>& at) {
  const int64_t blocks = (problem.Count() + kRowsAtOnce - 1) / kRowsAtOnce;
  std::vector<Expansion> parts(blocks, Expansion(problem.size));
  ParallelFor(problem.Count(), kRowsAtOnce, [&](int64_t begin, int64_t end) {
    AddRows(problem, at, begin, end, parts[begin / kRowsAtOnce]);
  });
  Expansion all(problem.size);
  for (const Expansion& part : parts) all.Add(part);
  for (int i = 0; i + 1 < problem.size; ++i) {
    all.value += 0.5 * at[i] * at[i];
    all.gradient[i] += at[i];
    all.hessian[static_cast<size_t>(i) * problem.size + i] += 1;
  }
  // Where all rows are certain the intercept's own curvature vanishes.
  all.hessian.back() += 1e-9;
  return all;
}

// Solves H x = g in place by Cholesky's decomposition of the lower triangle; H is positive definite.
void Solve(std::vector<double>& hessian, std::vector<double>& gradient) {
  const int size = static_cast<int>(gradient.size());
  const auto line = [&](int i) { return hessian.data() + static_cast<size_t>(i) * size; };
  for (int i = 0; i < size; ++i) {
    for (int j = 0; j < i; ++j) line(i)[j] = (line(i)[j] - Dot(line(i), line(j), j)) / line(j)[j];
    line(i)[i] = std::sqrt(line(i)[i] - Dot(line(i), line(i), i));
    gradient[i] = (gradient[i] - Dot(line(i), gradient.data(), i)) / line(i)[i];
  }
  for (int i = size - 1; i >= 0; --i) {
    for (int j = i + 1; j < size; ++j) gradient[i] -= line(j)[i] * gradient[j];
    gradient[i] /= line(i)[i];
  }
}

// Newton's method; a step that does not lower the value enough is halved.
std::vector<double> Minimise(const Problem& problem) {
  std::vector<double> at(problem.size, 0.0);
  Expansion here = Expand(problem, at);
  for (int iteration = 0; iteration < kMostIterations; ++iteration) {
    std::vector<double> step = here.gradient;
    std::vector<double> hessian = here.hessian;
    Solve(hessian, step);
    const double decrease = Dot(here.gradient.data(), step.data(), problem.size);
    if (!(decrease > 1e-10 * std::max(1.0, here.value))) break;
    bool moved = false;
    for (double length = 1; length > 1e-6 && !moved; length *= 0.5) {
      std::vector<double> next = at;
      for (int i = 0; i < problem.size; ++i) next[i] -= length * step[i];
      Expansion there = Expand(problem, next);
      if (there.value <= here.value - 1e-4 * length * decrease) {
        at = std::move(next);
        here = std::move(there);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return at;
}

struct Scale {
  double mean, deviation;
};

std::vector<Scale> Scales(const LabelledRows& rows) {
  const int64_t count = rows.Count();
  std::vector<double> sums(rows.features), squares(rows.features);
  for (int64_t r = 0; r < count; ++r) {
    for (int f = 0; f < rows.features; ++f) sums[f] += rows.values[r * rows.features + f];
  }
  for (int64_t r = 0; r < count; ++r) {
    for (int f = 0; f < rows.features; ++f) {
      const double off = rows.values[r * rows.features + f] - sums[f] / count;
      squares[f] += off * off;
    }
  }
  std::vector<Scale> scales;
  for (int f = 0; f < rows.features; ++f) scales.push_back({sums[f] / count, std::sqrt(squares[f] / count)});
  return scales;
}

}  // namespace

bool LabelledRows::BothClasses() const {
  const auto foreground = std::count(labels.begin(), labels.end(), 1);
  return foreground > 0 && foreground < Count();
}

LinearModel FitLogistic(const LabelledRows& rows, double penalty_inverse) {
  const std::vector<Scale> scales = Scales(rows);
  std::vector<int> used;
  for (int f = 0; f < rows.features; ++f) {
    if (scales[f].deviation > 1e-9 * (1 + std::abs(scales[f].mean))) used.push_back(f);
  }
  const int64_t count = rows.Count();
  Problem problem;
  problem.size = static_cast<int>(used.size()) + 1;
  problem.penalty_inverse = penalty_inverse;
  problem.rows.resize(count * problem.size);
  const double foreground = static_cast<double>(std::count(rows.labels.begin(), rows.labels.end(), 1));
  for (int64_t r = 0; r < count; ++r) {
    double* row = problem.rows.data() + r * problem.size;
    for (size_t u = 0; u < used.size(); ++u) {
      const Scale& scale = scales[used[u]];
      row[u] = (rows.values[r * rows.features + used[u]] - scale.mean) / scale.deviation;
    }
    row[used.size()] = 1;
    const bool positive = rows.labels[r] == 1;
    problem.sign.push_back(positive ? 1 : -1);
    problem.importance.push_back(0.5 * count / (positive ? foreground : count - foreground));
  }
  const std::vector<double> found = Minimise(problem);
  LinearModel model;
  model.weights.assign(rows.features, 0.0);
  model.intercept = found.back();
  for (size_t u = 0; u < used.size(); ++u) {
    const Scale& scale = scales[used[u]];
    model.weights[used[u]] = found[u] / scale.deviation;
    model.intercept -= found[u] * scale.mean / scale.deviation;
  }
  return model;
}

}  // namespace ccnet
