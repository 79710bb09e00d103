#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "segmentability/logistic_regression.h"
#include "segmentability/pixel_features.h"

namespace ccnet {

/// An image with its mask of height * width, 1 for foreground.
struct MaskedImage {
  ImageView image;
  const uint8_t* mask;
};

/// A pixel classifier: foreground where the model's value is above the threshold.
struct PixelClassifier {
  LinearModel model;
  double threshold = 0;
};

/// How far a measurement is, and whether it is still wanted: two numbers that another thread watches and
/// sets.
struct Progress {
  /// Not 0 when the work is to end early, with a result that means nothing.
  const int32_t* stop;
  /// Counts the images that were gone through; each is twice.
  int32_t* done;

  bool Stopped() const { return __atomic_load_n(stop, __ATOMIC_RELAXED) != 0; }
  void Done() const { __atomic_fetch_add(done, 1, __ATOMIC_RELAXED); }
};

/// What comes of halving the images in one way.
struct Halving {
  /// The classifiers of both halves; one that saw only one class is not fitted.
  std::array<PixelClassifier, 2> halves;
  /// Dice of each image by the classifier of the other half; NaN where that is not fitted or the image no
  /// foreground.
  std::vector<double> dice;
};

/// How the images are halved: the first half (rounded down) and the second; the even positions and the odd.
enum class Halves { kFirstAndSecond, kAlternate };

/// By way of halving, in the order of Halves.
using Segmentability = std::array<Halving, 2>;

/// How well linear rules of local features tell foreground from background on images that they have not seen:
/// the images are halved in two ways, and a classifier from each half is tested on the other. Pixels to learn
/// from are drawn by a generator of our own from `seed`. Works on all threads; the result is the same at any
/// number of them.
Segmentability MeasureSegmentability(const std::vector<MaskedImage>& images, uint64_t seed,
                                     const Progress& progress);

/// Logistic value of the model, in [0, 1], for every pixel.
void PixelProbabilities(const ImageView& image, const LinearModel& model, float* probabilities);

}  // namespace ccnet
