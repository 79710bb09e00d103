#pragma once
#include <vector>

#include "step/plan/graph.h"

namespace ccnet::step {

/// Rows (or columns) of the input that a phase of a transposed convolution reads, relative to its own: output
/// row s * q + phase gets input row q - d through kernel row s * d + padding + phase.
std::vector<int> Displacements(const Layer& transposed, int phase);

/// Rows and columns beyond an image that a layer reads of its input.
int Radius(const Layer& layer);

}  // namespace ccnet::step
