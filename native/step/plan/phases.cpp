#include "step/plan/phases.h"

#include <algorithm>
#include <cstdlib>

namespace ccnet::step {

std::vector<int> Displacements(const Layer& transposed, int phase) {
  const int padding = (transposed.kernel - transposed.stride) / 2;
  std::vector<int> displacements;
  for (int k = 0; k < transposed.kernel; ++k) {
    const int distance = k - padding - phase;
    if (distance % transposed.stride == 0) displacements.push_back(distance / transposed.stride);
  }
  return displacements;
}

int Radius(const Layer& layer) {
  if (layer.kind == Kind::Convolution) return layer.kernel / 2;
  int radius = 0;
  if (layer.kind != Kind::TransposedConvolution) return radius;
  for (int phase = 0; phase < layer.stride; ++phase) {
    for (int d : Displacements(layer, phase)) radius = std::max(radius, std::abs(d));
  }
  return radius;
}

}  // namespace ccnet::step
