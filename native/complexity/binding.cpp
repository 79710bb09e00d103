#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "addon.h"
#include "complexity/boundary_bands.h"
#include "complexity/edge_density.h"
#include "complexity/glcm.h"
#include "complexity/luminance.h"
#include "complexity/measure_image.h"
#include "complexity/separability.h"
#include "thread_pool.h"

namespace ccnet {
namespace {

struct Task {
  const float* image;
  const uint8_t* mask;
  uint8_t* grey;
  int width, height, channels;
};

Measures Measure(const Task& task) {
  const int64_t pixels = static_cast<int64_t>(task.width) * task.height;
  if (!Luminance(task.image, task.channels, pixels, task.grey)) {
    Measures unusable;
    unusable.fill(std::numeric_limits<double>::quiet_NaN());
    return unusable;
  }
  thread_local std::vector<uint8_t> binary;
  binary.resize(pixels);
  uint8_t* foreground = binary.data();  // looked up once: access to a thread_local costs a call
  for (int64_t i = 0; i < pixels; ++i) foreground[i] = task.mask[i] != 0;
  return MeasureImage({task.grey, task.width, task.height}, {foreground, task.width, task.height});
}

// Measures off the main thread; the arrays are referenced so that they outlive the work.
class MeasureWorker : public Napi::AsyncWorker {
 public:
  MeasureWorker(Napi::Env env, const Napi::Array& samples, std::vector<Task> tasks)
      : Napi::AsyncWorker(env, "ccnet.measureImages"),
        deferred_(Napi::Promise::Deferred::New(env)),
        samples_(Napi::Persistent(samples.As<Napi::Object>())),
        tasks_(std::move(tasks)),
        results_(tasks_.size()) {}

  Napi::Promise Promise() const { return deferred_.Promise(); }

  void Execute() override {
    ParallelFor(static_cast<int64_t>(tasks_.size()), 1, [this](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) results_[i] = Measure(tasks_[i]);
    });
  }

  void OnOK() override {
    auto values = Napi::Float64Array::New(Env(), results_.size() * kMeasureNames.size());
    size_t at = 0;
    for (const Measures& result : results_) {
      for (double value : result) values[at++] = value;
    }
    deferred_.Resolve(values);
  }

  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Napi::Promise::Deferred deferred_;
  Napi::ObjectReference samples_;
  std::vector<Task> tasks_;
  std::vector<Measures> results_;
};

template <typename Array>
Array TypedArray(const Napi::Object& sample, const char* field, napi_typedarray_type type, size_t length) {
  const Napi::Value value = sample.Get(field);
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type ||
      value.As<Napi::TypedArray>().ElementLength() != length) {
    throw Napi::TypeError::New(sample.Env(), std::string("measureImages: ") + field +
                                                 " has the wrong type or not " + std::to_string(length) +
                                                 " elements");
  }
  return value.As<Array>();
}

Task ReadTask(const Napi::Object& sample) {
  const double width = sample.Get("width").ToNumber(), height = sample.Get("height").ToNumber();
  const int channels = sample.Get("channels").ToNumber();
  const bool sized = width >= 1 && height >= 1 && width * height <= std::numeric_limits<int32_t>::max();
  if (!sized || (channels != 1 && channels != 3)) {
    throw Napi::RangeError::New(sample.Env(),
                                "measureImages: an image needs 1 to 2^31 - 1 pixels and 1 or 3 channels");
  }
  const size_t pixels = static_cast<size_t>(width) * static_cast<size_t>(height);
  auto image = TypedArray<Napi::Float32Array>(sample, "image", napi_float32_array, pixels * channels);
  auto mask = TypedArray<Napi::Uint8Array>(sample, "mask", napi_uint8_array, pixels);
  auto grey = TypedArray<Napi::Uint8Array>(sample, "grey", napi_uint8_array, pixels);
  return {image.Data(), mask.Data(), grey.Data(), static_cast<int>(width), static_cast<int>(height),
          channels};
}

/// measureImages(samples): Promise<Float64Array>, kMeasureNames.size() values per sample; all NaN where an
/// intensity is not finite. Writes every sample's luminance to its `grey`. The arrays must not be changed
/// before the promise settles.
Napi::Value MeasureImages(const Napi::CallbackInfo& info) {
  const auto samples = info[0].As<Napi::Array>();
  std::vector<Task> tasks;
  for (uint32_t i = 0; i < samples.Length(); ++i)
    tasks.push_back(ReadTask(samples.Get(i).As<Napi::Object>()));
  auto* worker = new MeasureWorker(info.Env(), samples, std::move(tasks));
  worker->Queue();
  return worker->Promise();
}

}  // namespace

void RegisterComplexity(Napi::Env env, Napi::Object exports) {
  exports.Set("measureImages", Napi::Function::New(env, MeasureImages));
  auto names = Napi::Array::New(env, kMeasureNames.size());
  for (uint32_t i = 0; i < kMeasureNames.size(); ++i) names.Set(i, kMeasureNames[i]);
  exports.Set("measureNames", names);
  auto parameters = Napi::Object::New(env);
  parameters.Set("edgeStep", kEdgeStep);
  parameters.Set("glcmLevels", kGlcmLevels);
  parameters.Set("bandWidth", kBandWidth);
  parameters.Set("textureWindow", kTextureWindow);
  exports.Set("measureParameters", parameters);
}

}  // namespace ccnet
