#pragma once
#include <array>
#include <cstdint>

#include "complexity/image_view.h"

namespace ccnet {

/// Names, in the order of Measures, of all measures that need no JPEG encoder.
constexpr std::array<const char*, 12> kMeasureNames = {
    "blobDensity",           "medianFrequency",     "entropy",         "delentropy",  "edgeDensity",
    "glcmContrast",          "glcmHomogeneity",     "boundaryDensity", "objectCount", "objectSizeSpread",
    "intensitySeparability", "textureSeparability",
};
using Measures = std::array<double, kMeasureNames.size()>;

/// All measures of one image, spread over the pool's threads when called outside of a parallel section.
/// `mask` holds 0 and 1 only and has the size of `grey`, at least 1 x 1.
Measures MeasureImage(const PlaneView& grey, const PlaneView& mask);

}  // namespace ccnet
