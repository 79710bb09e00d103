#pragma once
#include <string>
#include <vector>

#include "step/network.h"
#include "step/plan/make_graph.h"

namespace ccnet::test {

constexpr int kChannels = 3;

/// The same numbers in [-1, 1) every time.
class Random {
 public:
  float operator()() {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<float>(state_) / 2147483648.0f - 1.0f;
  }

 private:
  uint32_t state_ = 1;
};

/// A network under construction; every method appends layers and returns the last one's index.
struct Builder {
  std::vector<step::LayerDescription> layers;

  int Add(step::Kind kind, const std::vector<int>& inputs, int channels) {
    step::LayerDescription layer;
    layer.kind = kind;
    layer.name = std::to_string(layers.size());
    for (int input : inputs) layer.inputs.push_back(std::to_string(input));
    layer.channels = channels;
    layers.push_back(layer);
    return static_cast<int>(layers.size()) - 1;
  }

  int Convolve(int input, int channels, int kernel, int stride = 0) {
    const int index =
        Add(stride > 0 ? step::Kind::TransposedConvolution : step::Kind::Convolution, {input}, channels);
    layers[index].kernel = kernel;
    if (stride > 0) layers[index].stride = stride;
    return index;
  }

  int Block(int input, int channels, int kernel = 3, int stride = 0) {
    const int index = Add(step::Kind::BatchNorm, {Convolve(input, channels, kernel, stride)}, channels);
    layers[index].epsilon = 1e-3;
    layers[index].momentum = 0.9;
    return Add(step::Kind::Relu, {index}, channels);
  }

  int Pool(int input) { return Add(step::Kind::MaxPool, {input}, layers[input].channels); }
};

/// Every kind of layer, narrow direct and wide Winograd convolutions.
inline std::vector<step::LayerDescription> SmallNetwork() {
  Builder b;
  const int image = b.Add(step::Kind::Input, {}, kChannels);
  const int fine = b.Block(b.Block(image, 3), 4);
  const int coarse = b.Block(b.Block(b.Pool(fine), 18), 20);
  const int dropout = b.Add(step::Kind::Dropout, {coarse}, 20);
  b.layers[dropout].rate = 0.5;
  const int raised = b.Block(dropout, 4, 2, 2);
  const int joined = b.Add(step::Kind::Concatenate, {fine, raised}, 8);
  const int head = b.Convolve(b.Block(joined, 5), 2, 1);
  const int score = b.Convolve(b.Block(coarse, 6, 7), 2, 1);
  const int upscore = b.Convolve(score, 2, 4, 2);
  b.Add(step::Kind::Add, {head, upscore}, 2);
  return b.layers;
}

inline bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Gives all weights values with which a network computes something.
inline void DrawWeights(step::Network& network) {
  Random random;
  for (const auto& [name, floats, trainable] : network.WeightSizes()) {
    const bool one = EndsWith(name, "/gamma") || EndsWith(name, "/moving_variance");
    const float spread = EndsWith(name, "/kernel") ? 0.3f : trainable ? 0.1f : 0.0f;
    for (float& value : network.Weight(name).value) value = (one ? 1.0f : 0.0f) + spread * random();
  }
}

/// A batch of noise.
struct Batch {
  step::Shape shape;
  std::vector<float> pixels;
  std::vector<uint8_t> masks;

  explicit Batch(const step::Shape& shape)
      : shape(shape),
        pixels(static_cast<size_t>(shape.Pixels() * kChannels)),
        masks(static_cast<size_t>(shape.Pixels())) {
    Random random;
    for (float& value : pixels) value = random();
    for (uint8_t& value : masks) value = random() > 0.3f;
  }
};

/// The loss before one step of training.
inline float Learn(step::Network& network, const Batch& batch, uint32_t seed) {
  return static_cast<float>(
      network.Step(batch.shape, batch.pixels.data(), batch.masks.data(), 2.0f, 1e-2f, seed));
}

inline std::vector<float> Probabilities(step::Network& network, const Batch& batch) {
  std::vector<float> probabilities(static_cast<size_t>(batch.shape.Pixels()));
  network.Predict(batch.shape, batch.pixels.data(), probabilities.data());
  return probabilities;
}

}  // namespace ccnet::test
