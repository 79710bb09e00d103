#pragma once
#include "complexity/image_view.h"

namespace ccnet {

/// Median spatial frequency: the radius in the 2-D spectrum below which half of the DC-free power lies, as a
/// fraction of the Nyquist frequency (0.5 cycles per pixel): 0 for a constant image, 1 for one-pixel stripes,
/// sqrt 2 for a checkerboard, 0.798 in expectation for white noise (a disc of half the square's area).
///
/// The plane minus its window-weighted mean is multiplied by a separable Hann window w[i] = 0.5 - 0.5 cos(2
/// pi (i + 0.5) / n) (without it the jump between opposite borders would pose as high frequency) and
/// zero-padded to powers of two (at least 16), which samples the same spectrum more finely. Power is gathered
/// in rings of 1/256 of Nyquist, the k-th centred on k/256; the median is interpolated linearly inside its
/// ring. Source: Khan, Naqvi and Meijering, Scientific Reports 12, 22286, 2022 (there the best of four
/// measures); window, padding and rings are ours.
double MedianFrequency(const PlaneView& grey);

}  // namespace ccnet
