#include "network.h"

#include <algorithm>
#include <atomic>

#include "team.h"
#include "thread_pool.h"

namespace ccnet::step {
namespace {

/// Weights up to this many floats stay in the second-level cache, prepared for Winograd's products too.
constexpr size_t kCachedFloats = size_t{1} << 18;

}  // namespace

bool Network::FitsCache() const {
  size_t floats = 0;
  for (const Parameter& parameter : parameters_.list) floats += parameter.value.size();
  return floats <= kCachedFloats;
}

// An image at a time per thread: its activations stay in that thread's cache, and threads never wait for each
// other. Every output is the same sum in the same order as in a batch.
void Network::PredictSingly(int images, int height, int width, const float* pixels, float* probabilities) {
  const size_t threads = static_cast<size_t>(ThreadCount());
  if (single_.size() != threads || !single_[0]->Fits(1, height, width)) {
    single_.clear();
    for (size_t i = 0; i < threads; ++i)
      single_.push_back(std::make_unique<Session>(graph_, parameters_, kernels_, 1, height, width, false));
  }
  const int64_t area = int64_t{height} * width, channels = graph_.layers[0].channels;
  std::atomic<int> next{0};
  ForTasks(static_cast<int64_t>(threads), [&](int64_t thread) {
    for (int image = next++; image < images; image = next++) {
      single_[static_cast<size_t>(thread)]->Predict(pixels + image * area * channels,
                                                    probabilities + image * area);
    }
  });
}

void Network::Predict(int images, int height, int width, const float* pixels, float* probabilities) {
  if (images > 1 && images >= ThreadCount() && FitsCache())
    return PredictSingly(images, height, width, pixels, probabilities);
  for (auto& session : inference_) {
    if (session && session->Fits(images, height, width)) return session->Predict(pixels, probabilities);
  }
  std::swap(inference_[0], inference_[1]);
  inference_[0].reset();
  inference_[0] = std::make_unique<Session>(graph_, parameters_, kernels_, images, height, width, false);
  inference_[0]->Predict(pixels, probabilities);
}

}  // namespace ccnet::step
