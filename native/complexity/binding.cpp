#include <exception>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "addon.h"
#include "common/argument.h"
#include "common/javascript_error.h"
#include "common/team.h"
#include "complexity/boundary_bands.h"
#include "complexity/edge_density.h"
#include "complexity/glcm.h"
#include "complexity/luminance.h"
#include "complexity/measure_image.h"
#include "complexity/separability.h"

namespace ccnet {
namespace {

constexpr uint32_t kMostSamples = 1 << 20;

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
  MeasureWorker(Napi::Env env, const Napi::Array& arrays, std::vector<Task> tasks)
      : Napi::AsyncWorker(env, "ccnet.measureImages"),
        deferred_(Napi::Promise::Deferred::New(env)),
        arrays_(Napi::Persistent(arrays.As<Napi::Object>())),
        tasks_(std::move(tasks)),
        results_(tasks_.size()) {}

  Napi::Promise Promise() const { return deferred_.Promise(); }

  void Execute() override {
    try {
      ForTasks(static_cast<int64_t>(tasks_.size()), [this](int64_t i) { results_[i] = Measure(tasks_[i]); });
    } catch (...) {
      failure_ = std::current_exception();
    }
  }

  void OnOK() override {
    if (failure_) return deferred_.Reject(ToJavaScript(Env(), failure_).Value());
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
  Napi::ObjectReference arrays_;
  std::vector<Task> tasks_;
  std::vector<Measures> results_;
  std::exception_ptr failure_;
};

// What a sample's fields are as JavaScript values, before any pointer into them is taken: reading a field may
// run a getter.
struct Sample {
  Argument image, mask, grey;
  int width, height, channels;

  explicit Sample(const Argument& from)
      : image(from.Field("image")),
        mask(from.Field("mask")),
        grey(from.Field("grey")),
        width(static_cast<int>(from.Field("width").Integer(1, INT32_MAX))),
        height(static_cast<int>(from.Field("height").Integer(1, INT32_MAX))),
        channels(static_cast<int>(from.Field("channels").Integer(1, 3))) {
    if (int64_t{width} * height > INT32_MAX || channels == 2)
      throw std::invalid_argument("measureImages: an image needs 1 to 2^31 - 1 pixels and 1 or 3 channels.");
  }
};

template <class T>
T* Expect(const Span<T>& span, const char* field, size_t length) {
  if (span.size == length) return span.data;
  throw std::invalid_argument(std::string("measureImages: ") + field + " has " + std::to_string(span.size) +
                              " elements, not " + std::to_string(length) + ".");
}

Task TaskOf(const Sample& sample) {
  const size_t pixels = static_cast<size_t>(sample.width) * static_cast<size_t>(sample.height);
  const size_t values = pixels * static_cast<size_t>(sample.channels);
  return {Expect(sample.image.Floats(), "image", values),
          Expect(sample.mask.Bytes(), "mask", pixels),
          Expect(sample.grey.Bytes(), "grey", pixels),
          sample.width,
          sample.height,
          sample.channels};
}

/// measureImages(samples): Promise<Float64Array>, kMeasureNames.size() values per sample; all NaN where an
/// intensity is not finite. Writes every sample's luminance to its `grey`. The arrays must not be changed
/// before the promise settles.
Napi::Value MeasureImages(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  return Guarded(env, [&] {
    std::vector<Sample> samples;
    for (const Argument& sample : Argument(info, 0, "measureImages: the samples").Items(kMostSamples))
      samples.emplace_back(sample);
    const Napi::Array arrays = Napi::Array::New(env);
    std::vector<Task> tasks;
    for (const Sample& sample : samples) {
      tasks.push_back(TaskOf(sample));
      for (const Argument* array : {&sample.image, &sample.mask, &sample.grey})
        arrays.Set(arrays.Length(), array->Value());
    }
    auto worker = std::make_unique<MeasureWorker>(env, arrays, std::move(tasks));
    const Napi::Promise promise = worker->Promise();
    worker->Queue();
    worker.release();  // it destroys itself
    return promise;
  });
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
