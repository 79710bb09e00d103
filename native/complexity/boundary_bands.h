#pragma once
#include <cstdint>
#include <vector>

#include "complexity/image_view.h"

namespace ccnet {

/// Width in pixels of the bands on either side of the boundary.
constexpr int kBandWidth = 4;

enum Band : uint8_t { kFarFromBoundary = 0, kInsideBand = 1, kOutsideBand = 2 };

/// Labels every pixel: kInsideBand for foreground with background within kBandWidth (Chebyshev distance),
/// kOutsideBand for background with foreground within kBandWidth, else kFarFromBoundary. Nothing lies beyond
/// the image. `bands` is resized to height x width.
void BoundaryBands(const PlaneView& mask, std::vector<uint8_t>& bands);

}  // namespace ccnet
