#include "network.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "team.h"
#include "thread_pool.h"

namespace ccnet::step {
namespace {

/// Weights up to this many floats stay in the second-level cache, prepared for Winograd's products too.
constexpr int64_t kCachedFloats = int64_t{1} << 18;

/// Whether a batch is inferred an image at a time per thread.
bool Singly(const Graph& graph, int images) {
  int64_t floats = 0;
  for (const WeightSize& weight : graph.weights) floats += weight.floats;
  return images > 1 && images >= ThreadCount() && floats <= kCachedFloats;
}

}  // namespace

Network::Network(const Graph& graph, const Kernels& kernels) : graph_(Fuse(graph)), kernels_(kernels) {
  for (const WeightSize& weight : graph_.weights) parameters_.list.emplace_back(weight);
}

Parameter& Network::Weight(const std::string& name) {
  for (size_t i = 0; i < graph_.weights.size(); ++i) {
    if (graph_.weights[i].name == name) return parameters_.list[i];
  }
  throw std::invalid_argument("The network has no weight " + name + ".");
}

MemoryNeed Network::Need(const Graph& graph, int images, int height, int width, bool training) {
  const Graph fused = Fuse(graph);
  const bool singly = !training && Singly(graph, images);
  const StepPlan plan(fused, singly ? 1 : images, height, width, training);
  const int64_t threads = ThreadCount(), plans = singly ? threads : 1;
  MemoryNeed need;
  need.arena = plans * plan.ArenaBytes();
  need.kept = plans * plan.KeptBytes();
  need.scratch = threads * plan.ThreadBytes();
  for (const WeightSize& weight : graph.weights) need.weights += Parameter::Bytes(weight);
  return need;
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
  const int64_t area = int64_t{height} * width, channels = Channels();
  std::atomic<int> next{0};
  ForTasks(static_cast<int64_t>(threads), [&](int64_t thread) {
    for (int image = next++; image < images; image = next++) {
      single_[static_cast<size_t>(thread)]->Predict(pixels + image * area * channels,
                                                    probabilities + image * area);
    }
  });
}

void Network::Predict(int images, int height, int width, const float* pixels, float* probabilities) {
  if (Singly(graph_, images)) return PredictSingly(images, height, width, pixels, probabilities);
  for (auto& session : inference_) {
    if (session && session->Fits(images, height, width)) return session->Predict(pixels, probabilities);
  }
  std::swap(inference_[0], inference_[1]);
  inference_[0].reset();
  inference_[0] = std::make_unique<Session>(graph_, parameters_, kernels_, images, height, width, false);
  inference_[0]->Predict(pixels, probabilities);
}

}  // namespace ccnet::step
