#include "step/plan/make_graph.h"

#include <map>
#include <stdexcept>

namespace ccnet::step {
namespace {

// Far beyond any network, and small enough that no product of them overflows.
constexpr int kMostChannels = 1 << 15, kMostKernel = 64, kMostConvolutionKernel = 7;
constexpr int kLogits = 2;

class Maker {
 public:
  Graph Make(const std::vector<LayerDescription>& layers) {
    if (layers.size() < 2 || layers.size() > kMostLayers) {
      throw std::invalid_argument("A network has 2 to " + std::to_string(kMostLayers) + " layers, not " +
                                  std::to_string(layers.size()) + ".");
    }
    for (const LayerDescription& layer : layers) Add(layer);
    const auto consumers = graph_.Consumers();
    for (size_t i = 0; i + 1 < layers.size(); ++i) {
      if (consumers[i].empty()) Reject(layers[i], "no layer reads it");
    }
    if (layers.back().channels != kLogits)
      Reject(layers.back(), "the last layer has 2 channels, the logits; it has " + Count(layers.back()));
    return std::move(graph_);
  }

 private:
  [[noreturn]] static void Reject(const LayerDescription& layer, const std::string& reason) {
    throw std::invalid_argument("Layer " + layer.name + ": " + reason + ".");
  }
  static std::string Count(const LayerDescription& layer) { return std::to_string(layer.channels); }

  void Add(const LayerDescription& from) {
    Layer layer;
    layer.kind = from.kind;
    layer.name = from.name;
    layer.channels = from.channels;
    if (from.name.empty())
      throw std::invalid_argument("Layer " + std::to_string(graph_.layers.size()) + " has no name.");
    if (from.channels < 1 || from.channels > kMostChannels) {
      Reject(from, "it has " + Count(from) + " channels; a layer has 1 to " + std::to_string(kMostChannels));
    }
    for (const std::string& name : from.inputs) {
      const auto found = indices_.find(name);
      if (found == indices_.end()) Reject(from, "it reads " + name + ", which is no layer before it");
      layer.inputs.push_back(found->second);
    }
    CheckInputs(from);
    Describe(from, layer);
    if (!indices_.emplace(from.name, static_cast<int>(graph_.layers.size())).second)
      Reject(from, "another layer has this name");
    graph_.layers.push_back(std::move(layer));
  }

  void CheckInputs(const LayerDescription& layer) const {
    const size_t count = layer.inputs.size();
    if ((layer.kind == Kind::Input) != graph_.layers.empty())
      Reject(layer, "the first layer, and no other, is the input");
    if (layer.kind == Kind::Input) {
      if (count != 0) Reject(layer, "the input reads no layer");
      return;
    }
    const bool several = layer.kind == Kind::Concatenate || layer.kind == Kind::Add;
    if (count < 1 || (count > 1 && !several))
      Reject(layer, "it reads " + std::to_string(count) + " layers instead of one");
  }

  // The channels of the inputs together, or of each of them.
  int64_t InputChannels(const Layer& layer) const {
    int64_t sum = 0;
    for (int input : layer.inputs) sum += graph_.layers[input].channels;
    return sum;
  }
  void ExpectChannels(const LayerDescription& from, int64_t inputs) const {
    if (from.channels == inputs) return;
    Reject(from, "it has " + Count(from) + " channels where its input has " + std::to_string(inputs));
  }

  void Describe(const LayerDescription& from, Layer& layer) {
    switch (from.kind) {
      case Kind::Input:
        return;
      case Kind::Convolution:
        if (from.kernel < 1 || from.kernel % 2 == 0 || from.kernel > kMostConvolutionKernel)
          Reject(from,
                 "its kernel has a side of " + std::to_string(from.kernel) + "; odd sides up to 7 are known");
        layer.kernel = from.kernel;
        return AddKernel(from, layer);
      case Kind::TransposedConvolution:
        if (from.stride < 1 || from.kernel < from.stride || from.kernel > kMostKernel) {
          Reject(from, "its kernel has a side of " + std::to_string(from.kernel) + " and its stride is " +
                           std::to_string(from.stride) +
                           "; a kernel is at least as large as the stride, and at most " +
                           std::to_string(kMostKernel));
        }
        layer.kernel = from.kernel;
        layer.stride = from.stride;
        return AddKernel(from, layer);
      case Kind::BatchNorm:
        ExpectChannels(from, InputChannels(layer));
        if (!(from.epsilon > 0.0 && from.epsilon <= 1.0))
          Reject(from, "its epsilon is not above 0 and up to 1");
        if (!(from.momentum >= 0.0 && from.momentum <= 1.0)) Reject(from, "its momentum is not 0 to 1");
        layer.epsilon = static_cast<float>(from.epsilon);
        layer.momentum = from.momentum;
        layer.gamma = AddWeight(from, "gamma", from.channels);
        layer.beta = AddWeight(from, "beta", from.channels);
        layer.mean = AddWeight(from, "moving_mean", from.channels, false);
        layer.variance = AddWeight(from, "moving_variance", from.channels, false);
        return;
      case Kind::Dropout:
        ExpectChannels(from, InputChannels(layer));
        if (!(from.rate >= 0.0 && from.rate < 1.0)) Reject(from, "its rate is not 0 or more and below 1");
        layer.rate = static_cast<float>(from.rate);
        return;
      case Kind::Relu:
      case Kind::MaxPool:
      case Kind::Concatenate:
        return ExpectChannels(from, InputChannels(layer));
      case Kind::Add:
        for (int input : layer.inputs) ExpectChannels(from, graph_.layers[input].channels);
        return;
    }
  }

  void AddKernel(const LayerDescription& from, Layer& layer) {
    const int64_t taps = int64_t{from.kernel} * from.kernel;
    layer.weights = AddWeight(from, "kernel", taps * InputChannels(layer) * from.channels);
    layer.bias = AddWeight(from, "bias", from.channels);
  }

  int AddWeight(const LayerDescription& from, const char* role, int64_t floats, bool trainable = true) {
    graph_.weights.push_back({from.name + "/" + role, floats, trainable});
    return static_cast<int>(graph_.weights.size()) - 1;
  }

  Graph graph_;
  std::map<std::string, int> indices_;
};

}  // namespace

Graph MakeGraph(const std::vector<LayerDescription>& layers) { return Maker().Make(layers); }

}  // namespace ccnet::step
