#pragma once
#include "complexity/image_view.h"

namespace ccnet {

struct ObjectStatistics {
  /// Number of 8-connected foreground components.
  double count;
  /// Coefficient of variation of their areas (population standard deviation / mean); 0 for fewer than two
  /// objects.
  double size_spread;
};

/// Counts the objects of a mask and how much their sizes differ. Touching objects count as one.
ObjectStatistics Objects(const PlaneView& mask);

}  // namespace ccnet
