#include "step/plan/layout.h"

#include <algorithm>

namespace ccnet::step {
namespace {

int64_t RoundUp(int64_t value) { return (value + Layout::kLane - 1) / Layout::kLane * Layout::kLane; }

}  // namespace

Layout::Layout(int images, int height, int width, int halo)
    : images(images),
      height(height),
      width(width),
      halo(halo),
      pitch(width + halo),
      image((height + halo) * pitch),
      length(RoundUp(images * image)),
      lead(RoundUp(halo * pitch + halo) + kLane),
      // An odd number of cache lines between channels, so that they do not compete for the same sets.
      stride((length + lead) | kLane) {}

void Layout::MakeTables() {
  mask.assign(static_cast<size_t>(length / kLane), 0);
  inside.assign(static_cast<size_t>(length / kLane + 1), 0);
  for (int64_t p = 0; p < length; ++p) {
    const int64_t in_image = p % image;
    const bool valid = p < images * image && in_image / pitch < height && in_image % pitch < width;
    if (valid) mask[p / kLane] = static_cast<uint16_t>(mask[p / kLane] | (1u << (p % kLane)));
    if (p % kLane == 0) inside[p / kLane + 1] = inside[p / kLane];
    inside[p / kLane + 1] += valid;
  }
}

void ClearMargins(const Planes& planes, int c) {
  const Layout& layout = *planes.layout;
  const int64_t gap = layout.stride - layout.length;
  float* channel = planes.Channel(c);
  std::fill(channel - (c == 0 ? layout.lead : gap), channel, 0.0f);
  if (c + 1 == planes.channels) std::fill(channel + layout.length, channel + layout.stride, 0.0f);
}

}  // namespace ccnet::step
