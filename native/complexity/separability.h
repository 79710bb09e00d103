#pragma once
#include "complexity/image_view.h"

namespace ccnet {

/// Side in pixels of the window of the local standard deviation.
constexpr int kTextureWindow = 5;

struct Separability {
  double intensity;
  double texture;
};

/// How well a threshold tells the two sides of the objects' boundary apart, in [0, 1]: |2 AUC - 1|, where AUC
/// is the probability that a pixel of the inside band exceeds one of the outside band (boundary_bands.h),
/// ties counting one half. 0: the sides look alike; 1: one threshold separates them. Both are 0 without a
/// boundary (empty or full mask).
/// - intensity compares grey levels;
/// - texture compares the sample standard deviation of the grey levels over the kTextureWindow square around
/// a pixel,
///   taking only pixels of the pixel's own side (so that the boundary's own step does not count), in bins of
///   1/2 grey level.
/// Source: Hanley and McNeil, Radiology 143, 1982 (AUC); boundary-aware complexity after Zhang et al. and
/// Konz et al.; bands and window are ours.
Separability BoundarySeparability(const PlaneView& grey, const PlaneView& mask);

}  // namespace ccnet
