#include "complexity/edge_density.h"

namespace ccnet {

double EdgeDensity(const PlaneView& grey) {
  if (grey.width < 3 || grey.height < 3) return 0;
  constexpr int kThreshold = 16 * kEdgeStep * kEdgeStep;
  int64_t edges = 0;
  for (int y = 1; y + 1 < grey.height; ++y) {
    const uint8_t *above = grey.Row(y - 1), *row = grey.Row(y), *below = grey.Row(y + 1);
    int in_row = 0;
    for (int x = 1; x + 1 < grey.width; ++x) {
      const int gx =
          (above[x + 1] + 2 * row[x + 1] + below[x + 1]) - (above[x - 1] + 2 * row[x - 1] + below[x - 1]);
      const int gy =
          (below[x - 1] + 2 * below[x] + below[x + 1]) - (above[x - 1] + 2 * above[x] + above[x + 1]);
      in_row += gx * gx + gy * gy > kThreshold;
    }
    edges += in_row;
  }
  return static_cast<double>(edges) / (static_cast<double>(grey.width - 2) * (grey.height - 2));
}

}  // namespace ccnet
