#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "addon.h"
#include "segmentability/segmentability.h"

namespace ccnet {
namespace {

template <typename Array>
Array TypedArray(const Napi::Value& value, const char* what, napi_typedarray_type type, size_t length) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type ||
      value.As<Napi::TypedArray>().ElementLength() != length) {
    throw Napi::TypeError::New(value.Env(), std::string("segmentability: ") + what +
                                                " has the wrong type or not " + std::to_string(length) +
                                                " elements");
  }
  return value.As<Array>();
}

ImageView ReadImage(const Napi::Object& sample) {
  const double width = sample.Get("width").ToNumber(), height = sample.Get("height").ToNumber();
  const int channels = sample.Get("channels").ToNumber();
  const bool sized = width >= 1 && height >= 1 && width * height <= std::numeric_limits<int32_t>::max();
  if (!sized || (channels != 1 && channels != 3)) {
    throw Napi::RangeError::New(sample.Env(),
                                "segmentability: an image needs 1 to 2^31 - 1 pixels and 1 or 3 channels");
  }
  const size_t values = static_cast<size_t>(width) * static_cast<size_t>(height) * channels;
  auto image = TypedArray<Napi::Float32Array>(sample.Get("image"), "image", napi_float32_array, values);
  return {image.Data(), static_cast<int>(width), static_cast<int>(height), channels};
}

// Work off the main thread whose arguments are kept alive, and must not be changed, until it is done.
class Worker : public Napi::AsyncWorker {
 public:
  Napi::Promise Promise() const { return deferred_.Promise(); }

 protected:
  Worker(const Napi::CallbackInfo& info, const char* name)
      : Napi::AsyncWorker(info.Env(), name), deferred_(Napi::Promise::Deferred::New(info.Env())) {
    auto arguments = Napi::Array::New(info.Env(), info.Length());
    for (size_t i = 0; i < info.Length(); ++i) arguments.Set(static_cast<uint32_t>(i), info[i]);
    arguments_ = Napi::Persistent(arguments.As<Napi::Object>());
  }

  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

  Napi::Promise::Deferred deferred_;

 private:
  Napi::ObjectReference arguments_;
};

class MeasureWorker : public Worker {
 public:
  MeasureWorker(const Napi::CallbackInfo& info, std::vector<MaskedImage> images, uint64_t seed,
                Progress progress)
      : Worker(info, "ccnet.measureSegmentability"),
        images_(std::move(images)),
        seed_(seed),
        progress_(progress) {}

  void Execute() override { result_ = MeasureSegmentability(images_, seed_, progress_); }

  void OnOK() override {
    auto dice = Napi::Float64Array::New(Env(), result_.dice.size());
    for (size_t i = 0; i < result_.dice.size(); ++i) dice[i] = result_.dice[i];
    auto classifiers = Napi::Array::New(Env(), result_.halves.size());
    for (uint32_t h = 0; h < result_.halves.size(); ++h) classifiers.Set(h, Classifier(result_.halves[h]));
    auto measured = Napi::Object::New(Env());
    measured.Set("dice", dice);
    measured.Set("classifiers", classifiers);
    deferred_.Resolve(measured);
  }

 private:
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

class ProbabilityWorker : public Worker {
 public:
  ProbabilityWorker(const Napi::CallbackInfo& info, ImageView image, LinearModel model, float* probabilities)
      : Worker(info, "ccnet.pixelProbabilities"),
        image_(image),
        model_(std::move(model)),
        probabilities_(probabilities) {}

  void Execute() override { PixelProbabilities(image_, model_, probabilities_); }
  void OnOK() override { deferred_.Resolve(Env().Undefined()); }

 private:
  ImageView image_;
  LinearModel model_;
  float* probabilities_;
};

/// measureSegmentability(samples, seed, state): Promise<{dice, classifiers}>. `state` is an Int32Array of
/// two: a number other than 0 in the first ends the work early; the second counts the images gone through,
/// each twice.
Napi::Value Measure(const Napi::CallbackInfo& info) {
  const auto samples = info[0].As<Napi::Array>();
  std::vector<MaskedImage> images;
  for (uint32_t i = 0; i < samples.Length(); ++i) {
    const auto sample = samples.Get(i).As<Napi::Object>();
    const ImageView image = ReadImage(sample);
    auto mask = TypedArray<Napi::Uint8Array>(sample.Get("mask"), "mask", napi_uint8_array, image.Pixels());
    images.push_back({image, mask.Data()});
  }
  auto state = TypedArray<Napi::Int32Array>(info[2], "state", napi_int32_array, 2);
  const auto seed = static_cast<uint64_t>(info[1].ToNumber().Int64Value());
  auto* worker = new MeasureWorker(info, std::move(images), seed, {state.Data(), state.Data() + 1});
  worker->Queue();
  return worker->Promise();
}

/// pixelProbabilities(sample, classifier, probabilities): Promise<void>; fills a Float32Array of height *
/// width.
Napi::Value Probabilities(const Napi::CallbackInfo& info) {
  const ImageView image = ReadImage(info[0].As<Napi::Object>());
  const auto classifier = info[1].As<Napi::Object>();
  auto weights = TypedArray<Napi::Float64Array>(classifier.Get("weights"), "weights", napi_float64_array,
                                                kPixelFeatures);
  auto probabilities = TypedArray<Napi::Float32Array>(info[2], "probabilities", napi_float32_array,
                                                      static_cast<size_t>(image.Pixels()));
  LinearModel model{{weights.Data(), weights.Data() + kPixelFeatures},
                    classifier.Get("intercept").ToNumber().DoubleValue()};
  auto* worker = new ProbabilityWorker(info, image, std::move(model), probabilities.Data());
  worker->Queue();
  return worker->Promise();
}

}  // namespace

void RegisterSegmentability(Napi::Env env, Napi::Object exports) {
  exports.Set("measureSegmentability", Napi::Function::New(env, Measure));
  exports.Set("pixelProbabilities", Napi::Function::New(env, Probabilities));
}

}  // namespace ccnet
