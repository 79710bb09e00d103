#include <limits>
#include <memory>
#include <vector>

#include "addon.h"
#include "common/image_argument.h"
#include "common/javascript_error.h"
#include "common/promise_worker.h"
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

class MeasureWorker : public PromiseWorker {
 public:
  MeasureWorker(Napi::Env env, const std::vector<Argument>& arrays, std::vector<Task> tasks)
      : PromiseWorker(env, "ccnet.measureImages", arrays),
        tasks_(std::move(tasks)),
        results_(tasks_.size()) {}

 private:
  void Work() override {
    ForTasks(static_cast<int64_t>(tasks_.size()), [this](int64_t i) { results_[i] = Measure(tasks_[i]); });
  }

  Napi::Value Result() override {
    auto values = Napi::Float64Array::New(Env(), results_.size() * kMeasureNames.size());
    size_t at = 0;
    for (const Measures& result : results_) {
      for (double value : result) values[at++] = value;
    }
    return values;
  }

  std::vector<Task> tasks_;
  std::vector<Measures> results_;
};

struct Sample {
  ImageArgument image;
  Argument mask, grey;
};

/// measureImages(samples): Promise<Float64Array>, kMeasureNames.size() values per sample; all NaN where an
/// intensity is not finite. Writes every sample's luminance to its `grey`. The arrays must not be changed
/// before the promise settles.
Napi::Value MeasureImages(const Napi::CallbackInfo& info) {
  return Guarded(info.Env(), [&] {
    std::vector<Sample> samples;
    for (const Argument& sample : Argument(info, 0, "measureImages: the samples").Items(kMostSamples))
      samples.push_back({ImageArgument(sample), sample.Field("mask"), sample.Field("grey")});
    std::vector<Argument> arrays;
    std::vector<Task> tasks;
    for (const auto& [image, mask, grey] : samples) {
      tasks.push_back({image.Values(), mask.Bytes(image.Pixels()), grey.Bytes(image.Pixels()), image.width,
                       image.height, image.channels});
      arrays.insert(arrays.end(), {image.image, mask, grey});
    }
    return PromiseWorker::Start(std::make_unique<MeasureWorker>(info.Env(), arrays, std::move(tasks)));
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
