#pragma once
#include <memory>
#include <string>
#include <vector>

#include "step/operations/parameters.h"
#include "step/plan/fuse.h"
#include "step/plan/graph.h"
#include "step/session.h"

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
  /// @throws std::invalid_argument when the layers do not fit the shape, std::bad_alloc beyond any computer.
  static MemoryNeed Need(const Graph& graph, const Shape& shape, bool training);

  int Channels() const { return graph_.layers[0].channels; }
  const std::vector<WeightSize>& WeightSizes() const { return graph_.weights; }
  /// @throws std::invalid_argument when there is none of that name.
  Parameter& Weight(const std::string& name);
  Parameters& State() { return parameters_; }
  const char* InstructionSet() const { return kernels_.name; }

  /// One step of Adam. One that fails has changed nothing but the gradients.
  /// @throws std::invalid_argument when the layers do not fit the shape; std::bad_alloc.
  /// @returns the loss before it
  double Step(const Shape& shape, const float* pixels, const uint8_t* masks, float foreground_weight,
              float learning_rate, uint32_t seed);

  /// @param probabilities  of the foreground, one a pixel
  /// @throws std::invalid_argument when the layers do not fit the shape; std::bad_alloc.
  void Predict(const Shape& shape, const float* pixels, float* probabilities);

  int64_t ArenaBytes() const;

 private:
  void PredictSingly(const Shape& shape, const float* pixels, float* probabilities);

  Graph graph_;
  Parameters parameters_;
  const Kernels& kernels_;
  std::unique_ptr<Session> training_;
  std::unique_ptr<Session> inference_[2];
  std::vector<std::unique_ptr<Session>> single_;
};

}  // namespace ccnet::step
