#include "complexity/boundary_bands.h"

#include <algorithm>

namespace ccnet {
namespace {

constexpr int kWindow = 2 * kBandWidth + 1;

}  // namespace

void BoundaryBands(const PlaneView& mask, std::vector<uint8_t>& bands) {
  const int width = mask.width, height = mask.height;
  // A square window is separable. Bit 0: some foreground, bit 1: some background, so one OR serves both sides.
  thread_local std::vector<uint8_t> padded, horizontal;
  padded.assign(width + 2 * kBandWidth, 0);
  horizontal.assign(static_cast<size_t>(width) * (height + 2 * kBandWidth), 0);
  for (int y = 0; y < height; ++y) {
    const uint8_t* row = mask.Row(y);
    for (int x = 0; x < width; ++x) padded[kBandWidth + x] = 2 - row[x];
    uint8_t* out = &horizontal[static_cast<size_t>(y + kBandWidth) * width];
    const uint8_t* in = padded.data();
    for (int x = 0; x < width; ++x) {
      uint8_t seen = 0;
      for (int k = 0; k < kWindow; ++k) seen |= in[x + k];
      out[x] = seen;
    }
  }
  bands.resize(static_cast<size_t>(width) * height);
  for (int y = 0; y < height; ++y) {
    const uint8_t *row = mask.Row(y), *in = &horizontal[static_cast<size_t>(y) * width];
    uint8_t* out = &bands[static_cast<size_t>(y) * width];
    for (int x = 0; x < width; ++x) {
      uint8_t seen = 0;
      for (int k = 0; k < kWindow; ++k) seen |= in[static_cast<size_t>(k) * width + x];
      // Both kinds seen: the own side is 1 for foreground, 2 for background; otherwise far from the boundary.
      out[x] = seen == 3 ? 2 - row[x] : 0;
    }
  }
}

}  // namespace ccnet
