#include "window_segments.h"

#include <algorithm>

namespace ccnet {

WindowSegments::WindowSegments(const Windows& windows, const std::vector<Tap>& taps, int64_t begin,
                               int64_t end) {
  for (int64_t k = begin; k < end;) {
    const Tap& tap = taps[static_cast<size_t>(k / windows.channels)];
    const int64_t channel = k % windows.channels;
    const int64_t length = std::min(windows.channels - channel, end - k);
    const int64_t delta = (tap.dy * windows.width + tap.dx) * windows.channels + channel;
    const Segment segment{tap.dy, tap.dx, static_cast<int32_t>(k - begin), static_cast<int32_t>(length),
                          delta};
    // Neighbouring taps of a row are neighbours in memory: one copy for all of them.
    if (!whole.empty() && whole.back().delta + whole.back().length == delta && whole.back().dy == tap.dy) {
      whole.back().length += segment.length;
    } else {
      whole.push_back(segment);
    }
    split.push_back(segment);
    k += length;
  }
}

Windows WithTapRange(Windows windows, const std::vector<Tap>& taps) {
  windows.minDy = windows.maxDy = windows.minDx = windows.maxDx = 0;
  for (size_t i = 0; i < taps.size(); ++i) {
    windows.minDy = i ? std::min<int64_t>(windows.minDy, taps[i].dy) : taps[i].dy;
    windows.maxDy = i ? std::max<int64_t>(windows.maxDy, taps[i].dy) : taps[i].dy;
    windows.minDx = i ? std::min<int64_t>(windows.minDx, taps[i].dx) : taps[i].dx;
    windows.maxDx = i ? std::max<int64_t>(windows.maxDx, taps[i].dx) : taps[i].dx;
  }
  return windows;
}

}  // namespace ccnet
