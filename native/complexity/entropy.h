#pragma once
#include <cstdint>

#include "complexity/image_view.h"

namespace ccnet {

/// Entropy in bits of a histogram of `bins` counts that sum to `total`: -sum p log2 p; 0 for an empty
/// histogram.
double HistogramEntropy(const uint32_t* counts, int bins, int64_t total);

/// Shannon entropy of the grey levels, 256 bins, in bits: 0 (constant) to 8 (all levels equally frequent).
/// Source: Shannon, Bell System Technical Journal 27, 1948.
double Entropy(const PlaneView& grey);

}  // namespace ccnet
