#include "step/network.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "common/team.h"

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

Network::Network(const Graph& graph, const Kernels& kernels)
    : graph_(Fuse(graph)), parameters_(graph_.weights), kernels_(kernels) {}

Parameter& Network::Weight(const std::string& name) {
  for (size_t i = 0; i < graph_.weights.size(); ++i) {
    if (graph_.weights[i].name == name) return parameters_.list[i];
  }
  throw std::invalid_argument("The network has no weight " + name + ".");
}

MemoryNeed Network::Need(const Graph& graph, const Shape& shape, bool training) {
  const Graph fused = Fuse(graph);
  const bool singly = !training && Singly(graph, shape.images);
  const StepPlan plan(fused, singly ? Shape{1, shape.height, shape.width} : shape, training);
  const int64_t threads = ThreadCount(), plans = singly ? threads : 1;
  MemoryNeed need;
  need.arena = plans * plan.ArenaBytes();
  need.kept = plans * plan.KeptBytes();
  need.scratch = threads * plan.ThreadBytes();
  for (const WeightSize& weight : graph.weights) need.weights += Parameter::Bytes(weight);
  return need;
}

double Network::Step(const Shape& shape, const float* pixels, const uint8_t* masks, float foreground_weight,
                     float learning_rate, uint32_t seed) {
  if (!training_ || !training_->Fits(shape)) {
    training_.reset();
    training_ = std::make_unique<Session>(graph_, parameters_, kernels_, shape, true);
  }
  const double loss = training_->Gradients(pixels, masks, foreground_weight, seed);
  parameters_.Update(kernels_, learning_rate);
  return loss;
}

void Network::Predict(const Shape& shape, const float* pixels, float* probabilities) {
  if (Singly(graph_, shape.images)) return PredictSingly(shape, pixels, probabilities);
  for (auto& session : inference_) {
    if (session && session->Fits(shape)) return session->Predict(pixels, probabilities);
  }
  std::swap(inference_[0], inference_[1]);
  inference_[0].reset();
  inference_[0] = std::make_unique<Session>(graph_, parameters_, kernels_, shape, false);
  inference_[0]->Predict(pixels, probabilities);
}

// An image at a time per thread: its activations stay in that thread's cache, and threads never wait for each
// other. Every output is the same sum in the same order as in a batch.
void Network::PredictSingly(const Shape& shape, const float* pixels, float* probabilities) {
  const size_t threads = static_cast<size_t>(ThreadCount());
  const Shape one{1, shape.height, shape.width};
  if (single_.size() != threads || !single_[0]->Fits(one)) {
    single_.clear();
    for (size_t i = 0; i < threads; ++i)
      single_.push_back(std::make_unique<Session>(graph_, parameters_, kernels_, one, false));
  }
  const int64_t area = one.Pixels(), channels = Channels();
  std::atomic<int> next{0};
  ForTasks(static_cast<int64_t>(threads), [&](int64_t thread) {
    for (int image = next++; image < shape.images; image = next++) {
      single_[static_cast<size_t>(thread)]->Predict(pixels + image * area * channels,
                                                    probabilities + image * area);
    }
  });
}

int64_t Network::ArenaBytes() const {
  int64_t bytes = training_ ? training_->ArenaBytes() : 0;
  for (const auto& session : inference_) bytes += session ? session->ArenaBytes() : 0;
  for (const auto& session : single_) bytes += session->ArenaBytes();
  return bytes;
}

}  // namespace ccnet::step
