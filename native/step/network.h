#pragma once
#include <memory>
#include <vector>

#include "graph.h"
#include "parameters.h"
#include "session.h"

namespace ccnet::step {

/// A network with its weights and Adam's state, and the sessions of the input shapes seen last: one for
/// training, two for inference, and one for each thread that infers single images.
class Network {
 public:
  Network(Graph graph, Parameters parameters, const Kernels& kernels)
      : graph_(std::move(graph)), parameters_(std::move(parameters)), kernels_(kernels) {}
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  const Graph& Layers() const { return graph_; }
  Parameters& Weights() { return parameters_; }
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
  bool FitsCache() const;
  void PredictSingly(int images, int height, int width, const float* pixels, float* probabilities);

  Graph graph_;
  Parameters parameters_;
  const Kernels& kernels_;
  std::unique_ptr<Session> training_;
  std::unique_ptr<Session> inference_[2];
  std::vector<std::unique_ptr<Session>> single_;
};

}  // namespace ccnet::step
