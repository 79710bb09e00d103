#include <cmath>
#include <memory>
#include <vector>

#include "addon.h"
#include "common/image_argument.h"
#include "common/javascript_error.h"
#include "common/promise_worker.h"
#include "segmentability/segmentability.h"

namespace ccnet {
namespace {

constexpr uint32_t kMostSamples = 1 << 20;
/// Up to which JavaScript's numbers are whole numbers.
constexpr int64_t kMostSeed = (int64_t{1} << 53) - 1;

ImageView View(const ImageArgument& image) {
  return {image.Values(), image.width, image.height, image.channels};
}

class MeasureWorker : public PromiseWorker {
 public:
  MeasureWorker(Napi::Env env, const std::vector<Argument>& arrays, std::vector<MaskedImage> images,
                uint64_t seed, Progress progress)
      : PromiseWorker(env, "ccnet.measureSegmentability", arrays),
        images_(std::move(images)),
        seed_(seed),
        progress_(progress) {}

 private:
  void Work() override { result_ = MeasureSegmentability(images_, seed_, progress_); }

  Napi::Value Result() override {
    auto ways = Napi::Array::New(Env(), result_.size());
    for (uint32_t w = 0; w < result_.size(); ++w) ways.Set(w, Way(result_[w]));
    return ways;
  }

  Napi::Value Way(const Halving& way) {
    auto dice = Napi::Float64Array::New(Env(), way.dice.size());
    for (size_t i = 0; i < way.dice.size(); ++i) dice[i] = way.dice[i];
    auto classifiers = Napi::Array::New(Env(), way.halves.size());
    for (uint32_t h = 0; h < way.halves.size(); ++h) classifiers.Set(h, Classifier(way.halves[h]));
    auto measured = Napi::Object::New(Env());
    measured.Set("dice", dice);
    measured.Set("classifiers", classifiers);
    return measured;
  }

  Napi::Value Classifier(const PixelClassifier& classifier) {
    if (!classifier.model.Fitted()) return Env().Null();
    const std::vector<double>& from = classifier.model.weights;
    auto weights = Napi::Float64Array::New(Env(), from.size());
    for (size_t i = 0; i < from.size(); ++i) weights[i] = from[i];
    auto object = Napi::Object::New(Env());
    object.Set("weights", weights);
    object.Set("intercept", classifier.model.intercept);
    object.Set("threshold", 1 / (1 + std::exp(-classifier.threshold)));
    return object;
  }

  std::vector<MaskedImage> images_;
  uint64_t seed_;
  Progress progress_;
  Segmentability result_;
};

class ProbabilityWorker : public PromiseWorker {
 public:
  ProbabilityWorker(Napi::Env env, const std::vector<Argument>& arrays, ImageView image, LinearModel model,
                    float* probabilities)
      : PromiseWorker(env, "ccnet.pixelProbabilities", arrays),
        image_(image),
        model_(std::move(model)),
        probabilities_(probabilities) {}

 private:
  void Work() override { PixelProbabilities(image_, model_, probabilities_); }
  Napi::Value Result() override { return Env().Undefined(); }

  ImageView image_;
  LinearModel model_;
  float* probabilities_;
};

struct Sample {
  ImageArgument image;
  Argument mask;
};

/// measureSegmentability(samples, seed, state): Promise<[{dice, classifiers}, {dice, classifiers}]>, one of
/// each way of halving the samples. `state` is an Int32Array of
/// two: a number other than 0 in the first ends the work early; the second counts the images gone through,
/// each twice. The arrays must not be changed before the promise settles.
Napi::Value Measure(const Napi::CallbackInfo& info) {
  return Guarded(info.Env(), [&] {
    std::vector<Sample> samples;
    for (const Argument& sample : Argument(info, 0, "measureSegmentability: the samples").Items(kMostSamples))
      samples.push_back({ImageArgument(sample), sample.Field("mask")});
    const int64_t seed = Argument(info, 1, "measureSegmentability: the seed").Integer(0, kMostSeed);
    const Argument state(info, 2, "measureSegmentability: the state");
    int32_t* numbers = state.Integers(2);
    std::vector<Argument> arrays{state};
    std::vector<MaskedImage> images;
    for (const auto& [image, mask] : samples) {
      images.push_back({View(image), mask.Bytes(image.Pixels())});
      arrays.insert(arrays.end(), {image.image, mask});
    }
    return PromiseWorker::Start(std::make_unique<MeasureWorker>(
        info.Env(), arrays, std::move(images), static_cast<uint64_t>(seed), Progress{numbers, numbers + 1}));
  });
}

/// pixelProbabilities(sample, classifier, probabilities): Promise<void>; fills a Float32Array of height *
/// width.
Napi::Value Probabilities(const Napi::CallbackInfo& info) {
  return Guarded(info.Env(), [&] {
    const ImageArgument image(Argument(info, 0, "pixelProbabilities: the image"));
    const Argument classifier(info, 1, "pixelProbabilities: the classifier");
    const Argument weights = classifier.Field("weights"), intercept = classifier.Field("intercept");
    const Argument probabilities(info, 2, "pixelProbabilities: the probabilities");
    const double* from = weights.Doubles(kPixelFeatures);
    LinearModel model{{from, from + kPixelFeatures}, intercept.Number()};
    return PromiseWorker::Start(std::make_unique<ProbabilityWorker>(
        info.Env(), std::vector<Argument>{image.image, probabilities}, View(image), std::move(model),
        probabilities.Floats(image.Pixels())));
  });
}

}  // namespace

void RegisterSegmentability(Napi::Env env, Napi::Object exports) {
  exports.Set("measureSegmentability", Napi::Function::New(env, Measure));
  exports.Set("pixelProbabilities", Napi::Function::New(env, Probabilities));
}

}  // namespace ccnet
