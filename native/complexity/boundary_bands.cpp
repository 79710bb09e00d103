#include "complexity/boundary_bands.h"

#include <cstddef>

namespace ccnet {
namespace {

constexpr int kWindow = 2 * kBandWidth + 1;

// OR over kWindow neighbours, `step` apart, of every element of the row that starts at `in`.
void OrWindow(const uint8_t* __restrict in, size_t step, int width, uint8_t* __restrict out) {
  static_assert(kWindow == 9, "written out, because compilers do not vectorise the loop over the window");
  const uint8_t *a = in, *b = a + step, *c = b + step, *d = c + step, *e = d + step;
  const uint8_t *f = e + step, *g = f + step, *h = g + step, *i = h + step;
  for (int x = 0; x < width; ++x) {
    out[x] = a[x] | b[x] | c[x] | d[x] | e[x] | f[x] | g[x] | h[x] | i[x];
  }
}

}  // namespace

void BoundaryBands(const PlaneView& mask, std::vector<uint8_t>& bands) {
  const int width = mask.width, height = mask.height;
  // A square window is separable. Bit 0: some foreground, bit 1: some background, so one OR serves both
  // sides.
  thread_local std::vector<uint8_t> padded, horizontal;
  padded.assign(width + 2 * kBandWidth, 0);
  horizontal.assign(static_cast<size_t>(width) * (height + 2 * kBandWidth), 0);
  for (int y = 0; y < height; ++y) {
    const uint8_t* row = mask.Row(y);
    uint8_t* to = &padded[kBandWidth];
    for (int x = 0; x < width; ++x) to[x] = 2 - row[x];
    OrWindow(padded.data(), 1, width, &horizontal[static_cast<size_t>(y + kBandWidth) * width]);
  }
  bands.resize(static_cast<size_t>(width) * height);
  for (int y = 0; y < height; ++y) {
    const uint8_t* row = mask.Row(y);
    uint8_t* out = &bands[static_cast<size_t>(y) * width];
    OrWindow(&horizontal[static_cast<size_t>(y) * width], width, width, out);
    // Both kinds seen: the own side is 1 for foreground, 2 for background; otherwise far from the boundary.
    for (int x = 0; x < width; ++x) out[x] = out[x] == 3 ? 2 - row[x] : 0;
  }
}

}  // namespace ccnet
