#pragma once
#include "complexity/image_view.h"

namespace ccnet {

struct MaskShares {
  /// Foreground pixels / pixels, in [0, 1]: the blob density B.
  double foreground;
  /// Foreground pixels with a background 4-neighbour / pixels, in [0, 1]. The image's border is no boundary.
  double boundary;
};

MaskShares Shares(const PlaneView& mask);

}  // namespace ccnet
