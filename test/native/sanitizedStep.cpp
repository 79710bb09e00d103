// Trains a small network, measures an image and runs nested and concurrent parallel sections, at several
// numbers of threads that change in between: for the thread sanitizer and the leak check of
// scripts/sanitize.ts, which Node, being uninstrumented, would drown in findings of its own. Exits with 1
// when a thread count gives other bits.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <thread>
#include <vector>

#include "complexity/measure_image.h"
#include "step/network.h"
#include "thread_pool.h"

namespace {

using ccnet::step::Graph;
using ccnet::step::Kind;
using ccnet::step::Layer;
using ccnet::step::Network;
using ccnet::step::Parameters;

constexpr int kImages = 2, kSide = 32, kChannels = 3;

class Random {
 public:
  float operator()() {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<float>(state_) / 2147483648.0f - 1.0f;
  }

 private:
  uint32_t state_ = 1;
};

// A graph under construction; every method appends a layer and returns its index.
struct Builder {
  Graph graph;
  Parameters parameters;
  Random random;

  int Add(Kind kind, std::vector<int> inputs, int channels) {
    Layer layer;
    layer.kind = kind;
    layer.name = std::to_string(graph.layers.size());
    layer.inputs = std::move(inputs);
    layer.channels = channels;
    graph.layers.push_back(layer);
    return static_cast<int>(graph.layers.size()) - 1;
  }

  int Weights(size_t size, float centre, float spread, bool trainable = true) {
    ccnet::step::Parameter parameter;
    for (size_t i = 0; i < size; ++i) parameter.value.push_back(centre + spread * random());
    parameter.trainable = trainable;
    if (trainable) {
      for (auto* vector : {&parameter.gradient, &parameter.m, &parameter.v}) vector->resize(size);
    }
    parameters.list.push_back(std::move(parameter));
    return static_cast<int>(parameters.list.size()) - 1;
  }

  int Convolve(int input, int channels, int kernel, bool normalized, int stride = 0) {
    const int inputs = graph.layers[input].channels;
    const int index = Add(stride > 0 ? Kind::TransposedConvolution : Kind::Convolution, {input}, channels);
    Layer& layer = graph.layers[index];
    layer.kernel = kernel;
    if (stride > 0) layer.stride = stride;
    layer.normalized = normalized;
    const float fan = static_cast<float>(kernel * kernel * inputs);
    layer.weights =
        Weights(static_cast<size_t>(kernel * kernel * inputs * channels), 0.0f, std::sqrt(6.0f / fan));
    layer.bias = Weights(static_cast<size_t>(channels), 0.0f, 0.1f);
    return index;
  }

  int Block(int input, int channels, int kernel = 3, int stride = 0) {
    const int convolution = Convolve(input, channels, kernel, true, stride);
    const int index = Add(Kind::BatchNorm, {convolution}, channels);
    Layer& layer = graph.layers[index];
    layer.relu = true;
    layer.epsilon = 1e-3f;
    layer.momentum = 0.9;
    const size_t size = static_cast<size_t>(channels);
    layer.gamma = Weights(size, 1.0f, 0.1f);
    layer.beta = Weights(size, 0.0f, 0.1f);
    layer.mean = Weights(size, 0.0f, 0.0f, false);
    layer.variance = Weights(size, 1.0f, 0.0f, false);
    return index;
  }

  int Pool(int input) { return Add(Kind::MaxPool, {input}, graph.layers[input].channels); }
};

// Every kind of layer, narrow direct and wide Winograd convolutions.
Network MakeNetwork() {
  Builder b;
  const int image = b.Add(Kind::Input, {}, kChannels);
  const int fine = b.Block(b.Block(image, 3), 4);
  const int coarse = b.Block(b.Block(b.Pool(fine), 18), 20);
  const int dropout = b.Add(Kind::Dropout, {coarse}, 20);
  b.graph.layers[dropout].rate = 0.5f;
  const int raised = b.Block(dropout, 4, 2, 2);
  const int joined = b.Add(Kind::Concatenate, {fine, raised}, 8);
  const int head = b.Convolve(b.Block(joined, 5), 2, 1, false);
  const int score = b.Convolve(b.Block(coarse, 6, 7), 2, 1, false);
  const int upscore = b.Convolve(score, 2, 4, false, 2);
  b.Add(Kind::Add, {head, upscore}, 2);
  return {std::move(b.graph), std::move(b.parameters), ccnet::step::kBaselineKernels};
}

// Losses of four steps, then the probabilities of two sizes of image.
std::vector<float> Train() {
  Network network = MakeNetwork();
  Random random;
  std::vector<float> pixels(static_cast<size_t>(kImages * kSide * kSide * kChannels));
  std::vector<uint8_t> masks(static_cast<size_t>(kImages * kSide * kSide));
  for (float& value : pixels) value = random();
  for (uint8_t& value : masks) value = random() > 0.3f;
  std::vector<float> results;
  for (uint32_t step = 0; step < 4; ++step) {
    results.push_back(static_cast<float>(
        network.Step(kImages, kSide, kSide, pixels.data(), masks.data(), 2.0f, 1e-2f, step)));
  }
  for (int side : {kSide, kSide / 2}) {
    std::vector<float> probabilities(static_cast<size_t>(side * side));
    network.Predict(1, side, side, pixels.data(), probabilities.data());
    results.insert(results.end(), probabilities.begin(), probabilities.end());
  }
  return results;
}

std::vector<float> MeasureComplexity() {
  constexpr int kWidth = 60, kHeight = 40;
  std::vector<uint8_t> grey(kWidth * kHeight), mask(kWidth * kHeight);
  Random random;
  for (int i = 0; i < kWidth * kHeight; ++i) {
    grey[i] = static_cast<uint8_t>(128.0f + 100.0f * random());
    mask[i] = (i % kWidth - 30) * (i % kWidth - 30) + (i / kWidth - 20) * (i / kWidth - 20) < 150;
  }
  const ccnet::Measures measures =
      ccnet::MeasureImage({grey.data(), kWidth, kHeight}, {mask.data(), kWidth, kHeight});
  return {measures.begin(), measures.end()};
}

// Two callers at once share the pool; a section inside a section runs in its caller.
std::vector<float> Sections() {
  constexpr int64_t kCount = 1000;
  std::vector<float> sums[2];
  std::vector<std::thread> callers;
  for (auto& sum : sums) {
    sum.resize(kCount);
    callers.emplace_back([&sum] {
      ccnet::ParallelFor(kCount, 7, [&](int64_t begin, int64_t end) {
        ccnet::ParallelFor(end - begin, 2, [&](int64_t first, int64_t last) {
          for (int64_t i = begin + first; i < begin + last; ++i) sum[i] = std::sqrt(static_cast<float>(i));
        });
      });
    });
  }
  for (auto& caller : callers) caller.join();
  sums[0].insert(sums[0].end(), sums[1].begin(), sums[1].end());
  return sums[0];
}

}  // namespace

int main() {
  struct {
    const char* name;
    std::vector<float> (*run)();
  } const parts[] = {{"training", Train}, {"complexity", MeasureComplexity}, {"sections", Sections}};
  for (const auto& part : parts) {
    std::vector<float> expected;
    for (int threads : {1, 2, 3, 5, 2}) {
      ccnet::SetThreadCount(threads);
      const std::vector<float> found = part.run();
      if (expected.empty()) expected = found;
      if (found.size() != expected.size() ||
          std::memcmp(found.data(), expected.data(), found.size() * sizeof(float)) != 0) {
        std::fprintf(stderr, "%s gives other bits with %d threads.\n", part.name, threads);
        return 1;
      }
    }
    std::printf("%s: %zu equal values at every number of threads\n", part.name, expected.size());
  }
  return 0;
}
