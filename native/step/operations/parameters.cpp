#include "step/operations/parameters.h"

#include <algorithm>
#include <cmath>

#include "common/team.h"

namespace ccnet::step {

Parameter::Parameter(const WeightSize& size)
    : value(static_cast<size_t>(size.floats)), trainable(size.trainable) {
  if (!trainable) return;
  for (auto* vector : {&gradient, &m, &v}) vector->resize(value.size());
}

int64_t Parameter::Bytes(const WeightSize& size) {
  return size.floats * (size.trainable ? 4 : 1) * static_cast<int64_t>(sizeof(float));
}

Parameters::Parameters(const std::vector<WeightSize>& sizes) {
  constexpr int64_t kGrain = 1 << 15;
  list.reserve(sizes.size());  // the pieces point into it
  for (const WeightSize& size : sizes) {
    Parameter& parameter = list.emplace_back(size);
    if (!parameter.trainable) continue;
    for (int64_t begin = 0; begin < size.floats; begin += kGrain) {
      pieces_.push_back({&parameter, begin, std::min(kGrain, size.floats - begin)});
    }
  }
}

void Parameters::Update(const Kernels& kernels, float rate) noexcept {
  ++steps;
  ++version;
  const float correction1 = 1.0f - static_cast<float>(std::pow(0.9, static_cast<double>(steps)));
  const float correction2 = 1.0f - static_cast<float>(std::pow(0.999, static_cast<double>(steps)));
  ForTasks(static_cast<int64_t>(pieces_.size()), [&](int64_t i) {
    const Piece& piece = pieces_[i];
    Parameter& p = *piece.parameter;
    kernels.adam(p.value.data() + piece.begin, p.m.data() + piece.begin, p.v.data() + piece.begin,
                 p.gradient.data() + piece.begin, rate, correction1, correction2, piece.count);
  });
}

}  // namespace ccnet::step
