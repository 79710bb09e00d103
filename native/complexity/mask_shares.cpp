#include "complexity/mask_shares.h"

namespace ccnet {

MaskShares Shares(const PlaneView& mask) {
  int64_t foreground = 0, boundary = 0;
  const int last = mask.width - 1;
  for (int y = 0; y < mask.height; ++y) {
    const uint8_t* row = mask.Row(y);
    // A row or column beyond the image repeats the border, so that only real background makes a boundary.
    const uint8_t* above = y > 0 ? mask.Row(y - 1) : row;
    const uint8_t* below = y + 1 < mask.height ? mask.Row(y + 1) : row;
    int in_row = 0, edge = 0;
    for (int x = 0; x <= last; ++x) in_row += row[x];
    for (int x = 1; x < last; ++x) edge += row[x] & ~(row[x - 1] & row[x + 1] & above[x] & below[x]);
    edge += row[0] & ~(row[last > 0 ? 1 : 0] & above[0] & below[0]);
    if (last > 0) edge += row[last] & ~(row[last - 1] & above[last] & below[last]);
    foreground += in_row;
    boundary += edge;
  }
  const double pixels = static_cast<double>(mask.Pixels());
  return {foreground / pixels, boundary / pixels};
}

}  // namespace ccnet
