#pragma once
#include "complexity/image_view.h"

namespace ccnet {

/// Smallest grey-level step (of 255) that counts as an edge.
constexpr int kEdgeStep = 16;

/// Share of the inner pixels whose Sobel gradient exceeds that of a straight step of kEdgeStep grey levels:
/// gx^2 + gy^2 > (4 kEdgeStep)^2 with the 3x3 Sobel kernels (+-1, +-2, +-1). In [0, 1]; 0 when a side is
/// below 3. Source of the measure: edge density as visual complexity, Mack and Oliva, Journal of Vision 4
/// (8), 2004.
double EdgeDensity(const PlaneView& grey);

}  // namespace ccnet
