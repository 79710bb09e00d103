#pragma once
#include <memory>
#include <vector>

#include "graph.h"
#include "parameters.h"
#include "session.h"

namespace ccnet::step {

/// A network with its weights and Adam's state, and the sessions of the input shapes seen last: one for
/// training, two for inference.
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

  void Predict(int images, int height, int width, const float* pixels, float* probabilities) {
    for (auto& session : inference_) {
      if (session && session->Fits(images, height, width)) return session->Predict(pixels, probabilities);
    }
    std::swap(inference_[0], inference_[1]);
    inference_[0].reset();
    inference_[0] = std::make_unique<Session>(graph_, parameters_, kernels_, images, height, width, false);
    inference_[0]->Predict(pixels, probabilities);
  }

  int64_t ArenaBytes() const {
    int64_t bytes = training_ ? training_->ArenaBytes() : 0;
    for (const auto& session : inference_) bytes += session ? session->ArenaBytes() : 0;
    return bytes;
  }

 private:
  Graph graph_;
  Parameters parameters_;
  const Kernels& kernels_;
  std::unique_ptr<Session> training_;
  std::unique_ptr<Session> inference_[2];
};

}  // namespace ccnet::step
