#pragma once
#include "complexity/image_view.h"

namespace ccnet {

/// Grey levels of the co-occurrence matrix: the 8-bit plane is quantised by dropping its three lowest bits.
constexpr int kGlcmLevels = 32;

struct GlcmTexture {
  /// sum p(i,j) (i-j)^2, 0 (constant) to 961 (31^2).
  double contrast;
  /// sum p(i,j) / (1 + (i-j)^2), 1 (constant) down to 1/962.
  double homogeneity;
};

/// Texture from symmetric, normalised grey-level co-occurrence matrices at distance 1 in the directions 0,
/// 45, 90 and 135 degrees, averaged over the directions that have a pixel pair; contrast 0 and homogeneity 1
/// when none has. Source: Haralick, Shanmugam and Dinstein, IEEE Trans. Systems, Man, and Cybernetics 3,
/// 1973.
GlcmTexture Glcm(const PlaneView& grey);

}  // namespace ccnet
