#pragma once
#include "complexity/image_view.h"

namespace ccnet {

/// Delentropy: half the entropy, in bits, of the joint histogram (511 x 511 bins) of the central differences
/// (I(x+1,y) - I(x-1,y), I(x,y+1) - I(x,y-1)) over the inner pixels. 0 for a plane without gradient changes,
/// at most 8.99; 0 when a side is below 3. The half is Papoulis' generalised sampling: two derivative fields
/// at half rate carry the signal. Source: Larkin, "Reflections on Shannon Information", arXiv 1609.01117.
double Delentropy(const PlaneView& grey);

}  // namespace ccnet
