#include "segmentability/segmentability.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/team.h"
#include "segmentability/pixel_sample.h"

namespace ccnet {
namespace {

// Twice the pixels of the study's reference, so that the value hangs less on which they are.
constexpr int64_t kPixelsPerImage = 5000;
constexpr int64_t kForegroundPerImage = 1200;
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

int HalfOf(Halves way, size_t image, size_t count) {
  return way == Halves::kAlternate ? static_cast<int>(image % 2) : image >= count / 2;
}

std::vector<size_t> Members(Halves way, int half, size_t count) {
  std::vector<size_t> members;
  for (size_t i = 0; i < count; ++i) {
    if (HalfOf(way, i, count) == half) members.push_back(i);
  }
  return members;
}

LabelledRows Joined(const std::vector<LabelledRows>& images, const std::vector<size_t>& members) {
  LabelledRows all;
  all.features = kPixelFeatures;
  for (size_t i : members) {
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
  /// By way of halving and half; none of a model that is not fitted.
  std::array<std::array<std::vector<float>, 2>, 2> values;
};

Tested Test(const MaskedImage& masked, const Segmentability& ways, Random random) {
  const int64_t pixels = masked.image.Pixels();
  const bool whole = pixels <= kTestedPerImage;
  std::vector<int64_t> chosen;
  if (!whole) chosen = SamplePixels(masked.mask, pixels, kTestedPerImage, 0, random);
  Tested tested;
  if (whole) tested.foreground.assign(masked.mask, masked.mask + pixels);
  for (int64_t pixel : chosen) tested.foreground.push_back(masked.mask[pixel]);
  const auto for_each_model = [&](const auto& body) {
    for (size_t w = 0; w < ways.size(); ++w) {
      for (int h = 0; h < 2; ++h) {
        const LinearModel& model = ways[w].halves[h].model;
        if (model.Fitted()) body(model, tested.values[w][h]);
      }
    }
  };
  for_each_model([&](const LinearModel& model, std::vector<float>& values) {
    values.assign(tested.foreground.size(), static_cast<float>(model.intercept));
  });
  std::vector<float> picked(chosen.size());
  PixelFeatures().Compute(masked.image, [&](int feature, const float* plane) {
    for (size_t i = 0; i < chosen.size(); ++i) picked[i] = plane[chosen[i]];
    for_each_model([&](const LinearModel& model, std::vector<float>& values) {
      AddWeighted(whole ? plane : picked.data(), model.weights[feature], values);
    });
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
double BestThreshold(const std::vector<Tested>& images, size_t way, int half,
                     const std::vector<size_t>& members) {
  std::vector<float> all, foreground;
  for (size_t i : members) {
    const std::vector<float>& values = images[i].values[way][half];
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
  const size_t count = images.size();
  Segmentability result;
  for (Halving& way : result) way.dice.assign(count, std::numeric_limits<double>::quiet_NaN());
  // Every image draws from sequences of its own, whichever thread it falls to.
  Random seeds(seed);
  std::vector<std::array<uint64_t, 2>> seed_of(count);
  for (std::array<uint64_t, 2>& own : seed_of) own = {seeds.Next(), seeds.Next()};

  std::vector<LabelledRows> samples(count);
  ForEach(count, [&](int64_t i) {
    if (!progress.Stopped()) samples[i] = Sample(images[i], Random(seed_of[i][0]));
    progress.Done();
  });
  for (size_t w = 0; w < result.size(); ++w) {
    for (int h = 0; h < 2; ++h) {
      const LabelledRows rows = Joined(samples, Members(static_cast<Halves>(w), h, count));
      if (!progress.Stopped() && rows.BothClasses())
        result[w].halves[h].model = FitLogistic(rows, kPenaltyInverse);
    }
  }
  samples.clear();
  std::vector<Tested> tested(count);
  ForEach(count, [&](int64_t i) {
    if (!progress.Stopped()) tested[i] = Test(images[i], result, Random(seed_of[i][1]));
    progress.Done();
  });
  if (progress.Stopped()) return result;
  ForEach(4, [&](int64_t model) {
    const size_t w = model / 2;
    const int h = static_cast<int>(model % 2);
    const auto way = static_cast<Halves>(w);
    PixelClassifier& classifier = result[w].halves[h];
    if (!classifier.model.Fitted()) return;
    classifier.threshold = BestThreshold(tested, w, h, Members(way, h, count));
    for (size_t i : Members(way, 1 - h, count))
      result[w].dice[i] = TestDice(tested[i].foreground, tested[i].values[w][h], classifier.threshold);
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
