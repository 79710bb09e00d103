#pragma once
#include <cstdint>
#include <vector>

#include "kernels.h"

namespace ccnet {

/// One tap of a window: its pixel relative to the window's own, and which tap of the filter belongs to it.
struct Tap {
  int32_t dy, dx;
  int64_t filter;
};

/// Stretches [begin, end) of the flattened window, taps x channels, as lists of copies for
/// Kernels::packWindows.
struct WindowSegments {
  std::vector<Segment> whole, split;

  WindowSegments(const Windows& windows, const std::vector<Tap>& taps, int64_t begin, int64_t end);
};

/// `windows` with the range of its taps filled in, which tells windows inside the image from those at the
/// border.
Windows WithTapRange(Windows windows, const std::vector<Tap>& taps);

}  // namespace ccnet
