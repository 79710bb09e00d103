#include "segmentability/segmentability.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/team.h"
#include "segmentability/pixel_sample.h"

namespace ccnet {
namespace {

// Three times the pixels of the study's reference, so that the value hangs less on which they are.
constexpr int64_t kPixelsPerImage = 7500;
constexpr int64_t kForegroundPerImage = 1800;
// All pixels of an image at the usual working resolutions.
constexpr int64_t kTestedPerImage = 1 << 18;
constexpr double kPenaltyInverse = 0.1;
// Thresholds that are tried: quantiles of the values, evenly spaced.
constexpr int kThresholds = 60;
constexpr double kLowestQuantile = 0.02;
constexpr double kHighestQuantile = 0.995;

template <class Body>
void ForEach(int64_t count, const Body& body) {
  ParallelFor(count, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) body(i);
  });
}

LabelledRows Sample(const MaskedImage& masked, Random random) {
  const std::vector<int64_t> chosen =
      SamplePixels(masked.mask, masked.image.Pixels(), kPixelsPerImage, kForegroundPerImage, random);
  LabelledRows rows;
  rows.features = kPixelFeatures;
  rows.values.resize(chosen.size() * kPixelFeatures);
  for (int64_t pixel : chosen) rows.labels.push_back(masked.mask[pixel] != 0);
  PixelFeatures().Compute(masked.image, [&](int feature, const float* plane) {
    float* value = rows.values.data() + feature;
    for (int64_t pixel : chosen) {
      *value = plane[pixel];
      value += kPixelFeatures;
    }
  });
  return rows;
}

LabelledRows Joined(const std::vector<LabelledRows>& images, size_t begin, size_t end) {
  LabelledRows all;
  all.features = kPixelFeatures;
  for (size_t i = begin; i < end; ++i) {
    all.values.insert(all.values.end(), images[i].values.begin(), images[i].values.end());
    all.labels.insert(all.labels.end(), images[i].labels.begin(), images[i].labels.end());
  }
  return all;
}

void AddWeighted(const float* plane, double weight, std::vector<float>& sums) {
  const float factor = static_cast<float>(weight);
  float* __restrict sum = sums.data();
  const size_t pixels = sums.size();
  for (size_t i = 0; i < pixels; ++i) sum[i] += factor * plane[i];
}

// The pixels of an image that are tested, and what the models say of them.
struct Tested {
  std::vector<uint8_t> foreground;
  /// By model; none of one that is not fitted.
  std::array<std::vector<float>, 2> values;
};

Tested Test(const MaskedImage& masked, const std::array<PixelClassifier, 2>& halves, Random random) {
  const int64_t pixels = masked.image.Pixels();
  const bool whole = pixels <= kTestedPerImage;
  std::vector<int64_t> chosen;
  if (!whole) chosen = SamplePixels(masked.mask, pixels, kTestedPerImage, 0, random);
  Tested tested;
  if (whole) tested.foreground.assign(masked.mask, masked.mask + pixels);
  for (int64_t pixel : chosen) tested.foreground.push_back(masked.mask[pixel]);
  for (int h = 0; h < 2; ++h) {
    if (halves[h].model.Fitted())
      tested.values[h].assign(tested.foreground.size(), static_cast<float>(halves[h].model.intercept));
  }
  std::vector<float> picked(chosen.size());
  PixelFeatures().Compute(masked.image, [&](int feature, const float* plane) {
    for (size_t i = 0; i < chosen.size(); ++i) picked[i] = plane[chosen[i]];
    for (int h = 0; h < 2; ++h) {
      if (halves[h].model.Fitted())
        AddWeighted(whole ? plane : picked.data(), halves[h].model.weights[feature], tested.values[h]);
    }
  });
  return tested;
}

double Dice(double both, double found, double truth) { return 2 * both / std::max(1.0, found + truth); }

double Quantile(const std::vector<float>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const size_t below = static_cast<size_t>(at);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] +
         (at - static_cast<double>(below)) * (static_cast<double>(sorted[above]) - sorted[below]);
}

int64_t CountAbove(const std::vector<float>& sorted, double threshold) {
  return sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), threshold,
                                         [](double t, float value) { return t < value; });
}

// The threshold with the best Dice over all pixels of the images that the classifier learnt from.
double BestThreshold(const std::vector<Tested>& images, int half, size_t begin, size_t end) {
  std::vector<float> all, foreground;
  for (size_t i = begin; i < end; ++i) {
    const std::vector<float>& values = images[i].values[half];
    all.insert(all.end(), values.begin(), values.end());
    for (size_t p = 0; p < values.size(); ++p) {
      if (images[i].foreground[p]) foreground.push_back(values[p]);
    }
  }
  std::sort(all.begin(), all.end());
  std::sort(foreground.begin(), foreground.end());
  double best = 0, best_dice = -1;
  for (int t = 0; t < kThresholds; ++t) {
    const double share = kLowestQuantile + (kHighestQuantile - kLowestQuantile) * t / (kThresholds - 1);
    const double threshold = Quantile(all, share);
    const double dice =
        Dice(static_cast<double>(CountAbove(foreground, threshold)),
             static_cast<double>(CountAbove(all, threshold)), static_cast<double>(foreground.size()));
    if (dice > best_dice) {
      best_dice = dice;
      best = threshold;
    }
  }
  return best;
}

double TestDice(const std::vector<uint8_t>& foreground, const std::vector<float>& values, double threshold) {
  int64_t both = 0, found = 0, truth = 0;
  for (size_t p = 0; p < values.size(); ++p) {
    const bool above = values[p] > threshold, marked = foreground[p] != 0;
    found += above;
    truth += marked;
    both += above && marked;
  }
  if (truth == 0) return std::numeric_limits<double>::quiet_NaN();
  return Dice(static_cast<double>(both), static_cast<double>(found), static_cast<double>(truth));
}

}  // namespace

Segmentability MeasureSegmentability(const std::vector<MaskedImage>& images, uint64_t seed,
                                     const Progress& progress) {
  Segmentability result;
  const size_t count = images.size(), half = count / 2;
  const std::array<size_t, 2> begin = {0, half}, end = {half, count};
  result.dice.assign(count, std::numeric_limits<double>::quiet_NaN());
  // Every image draws from sequences of its own, whichever thread it falls to.
  Random seeds(seed);
  std::vector<std::array<uint64_t, 2>> seed_of(count);
  for (std::array<uint64_t, 2>& own : seed_of) own = {seeds.Next(), seeds.Next()};

  std::vector<LabelledRows> samples(count);
  ForEach(count, [&](int64_t i) {
    if (!progress.Stopped()) samples[i] = Sample(images[i], Random(seed_of[i][0]));
    progress.Done();
  });
  for (int h = 0; h < 2; ++h) {
    const LabelledRows rows = Joined(samples, begin[h], end[h]);
    if (!progress.Stopped() && rows.BothClasses())
      result.halves[h].model = FitLogistic(rows, kPenaltyInverse);
  }
  samples.clear();
  std::vector<Tested> tested(count);
  ForEach(count, [&](int64_t i) {
    if (!progress.Stopped()) tested[i] = Test(images[i], result.halves, Random(seed_of[i][1]));
    progress.Done();
  });
  if (progress.Stopped()) return result;
  ForEach(2, [&](int64_t h) {
    PixelClassifier& classifier = result.halves[h];
    if (!classifier.model.Fitted()) return;
    classifier.threshold = BestThreshold(tested, static_cast<int>(h), begin[h], end[h]);
    for (size_t i = begin[1 - h]; i < end[1 - h]; ++i)
      result.dice[i] = TestDice(tested[i].foreground, tested[i].values[h], classifier.threshold);
  });
  return result;
}

void PixelProbabilities(const ImageView& image, const LinearModel& model, float* probabilities) {
  std::vector<float> values(image.Pixels(), static_cast<float>(model.intercept));
  PixelFeatures().Compute(
      image, [&](int feature, const float* plane) { AddWeighted(plane, model.weights[feature], values); });
  for (size_t i = 0; i < values.size(); ++i) probabilities[i] = 1 / (1 + std::exp(-values[i]));
}

}  // namespace ccnet
