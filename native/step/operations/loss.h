#pragma once
#include <cstdint>

#include "step/kernels/kernels.h"
#include "step/plan/layout.h"

namespace ccnet::step {

/// Writes the logits' gradient of weighted cross-entropy + Dice loss (src-main/engine/trainingStep.ts has the
/// formula).
/// @param masks          images * height * width: 0 background, 1 foreground, 2 does not count
/// @param probabilities  scratch of the same size
/// @returns the loss.
double Loss(const Kernels& kernels, const Planes& logits, const uint8_t* masks, float foreground_weight,
            float* probabilities, const Planes& gradient);

/// Foreground probabilities of two logit planes, images * height * width.
void Probabilities(const Kernels& kernels, const Planes& logits, float* probabilities);

}  // namespace ccnet::step
