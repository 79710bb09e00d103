#pragma once
#include <memory>
#include <string>
#include <vector>

#include "fuse.h"
#include "graph.h"
#include "parameters.h"
#include "session.h"

namespace ccnet::step {

/// Bytes of a network and of what it keeps for one input shape.
struct MemoryNeed {
  int64_t arena = 0;    ///< activations, gradients and shared scratch memory: what Network::ArenaBytes counts
  int64_t weights = 0;  ///< with gradients and Adam's moments
  int64_t kept = 0;     ///< beside the arena: prepared filters, batch statistics, tables
  int64_t scratch = 0;  ///< of all threads, which later steps of any network use again
};

/// A network with its weights and Adam's state, and the sessions of the input shapes seen last: one for
/// training, two for inference, and one for each thread that infers single images.
class Network {
 public:
  /// With all weights zero; Weight gives them their values.
  Network(const Graph& graph, const Kernels& kernels);
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  /// What one step or one inference takes of memory, by the plan that it would run; allocates none of it.
  static MemoryNeed Need(const Graph& graph, int images, int height, int width, bool training);

  int Channels() const { return graph_.layers[0].channels; }
  const std::vector<WeightSize>& WeightSizes() const { return graph_.weights; }
  /// @throws std::invalid_argument when there is none of that name.
  Parameter& Weight(const std::string& name);
  Parameters& State() { return parameters_; }
  const char* InstructionSet() const { return kernels_.name; }

  double Step(int images, int height, int width, const float* pixels, const uint8_t* masks,
              float foreground_weight, float learning_rate, uint32_t seed) {
    if (!training_ || !training_->Fits(images, height, width)) {
      training_.reset();
      training_ = std::make_unique<Session>(graph_, parameters_, kernels_, images, height, width, true);
    }
    const double loss = training_->Gradients(pixels, masks, foreground_weight, seed);
    parameters_.Update(kernels_, learning_rate);
    return loss;
  }

  void Predict(int images, int height, int width, const float* pixels, float* probabilities);

  int64_t ArenaBytes() const {
    int64_t bytes = training_ ? training_->ArenaBytes() : 0;
    for (const auto& session : inference_) bytes += session ? session->ArenaBytes() : 0;
    for (const auto& session : single_) bytes += session->ArenaBytes();
    return bytes;
  }

 private:
  void PredictSingly(int images, int height, int width, const float* pixels, float* probabilities);

  Graph graph_;
  Parameters parameters_;
  const Kernels& kernels_;
  std::unique_ptr<Session> training_;
  std::unique_ptr<Session> inference_[2];
  std::vector<std::unique_ptr<Session>> single_;
};

}  // namespace ccnet::step
