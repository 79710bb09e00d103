// Trains a small network, measures an image and runs nested and concurrent parallel sections, at several
// numbers of threads that change in between: for the thread sanitizer and the leak check of
// scripts/sanitize.ts, which Node, being uninstrumented, would drown in findings of its own. Exits with 1
// when a thread count gives other bits.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "complexity/measure_image.h"
#include "step/make_graph.h"
#include "step/network.h"
#include "thread_pool.h"

namespace {

using ccnet::step::Kind;
using ccnet::step::LayerDescription;
using ccnet::step::Network;

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

// A network under construction; every method appends layers and returns the last one's index.
struct Builder {
  std::vector<LayerDescription> layers;

  int Add(Kind kind, const std::vector<int>& inputs, int channels) {
    LayerDescription layer;
    layer.kind = kind;
    layer.name = std::to_string(layers.size());
    for (int input : inputs) layer.inputs.push_back(std::to_string(input));
    layer.channels = channels;
    layers.push_back(layer);
    return static_cast<int>(layers.size()) - 1;
  }

  int Convolve(int input, int channels, int kernel, int stride = 0) {
    const int index = Add(stride > 0 ? Kind::TransposedConvolution : Kind::Convolution, {input}, channels);
    layers[index].kernel = kernel;
    if (stride > 0) layers[index].stride = stride;
    return index;
  }

  int Block(int input, int channels, int kernel = 3, int stride = 0) {
    const int index = Add(Kind::BatchNorm, {Convolve(input, channels, kernel, stride)}, channels);
    layers[index].epsilon = 1e-3;
    layers[index].momentum = 0.9;
    return Add(Kind::Relu, {index}, channels);
  }

  int Pool(int input) { return Add(Kind::MaxPool, {input}, layers[input].channels); }
};

// Every kind of layer, narrow direct and wide Winograd convolutions.
std::vector<LayerDescription> Layers() {
  Builder b;
  const int image = b.Add(Kind::Input, {}, kChannels);
  const int fine = b.Block(b.Block(image, 3), 4);
  const int coarse = b.Block(b.Block(b.Pool(fine), 18), 20);
  const int dropout = b.Add(Kind::Dropout, {coarse}, 20);
  b.layers[dropout].rate = 0.5;
  const int raised = b.Block(dropout, 4, 2, 2);
  const int joined = b.Add(Kind::Concatenate, {fine, raised}, 8);
  const int head = b.Convolve(b.Block(joined, 5), 2, 1);
  const int score = b.Convolve(b.Block(coarse, 6, 7), 2, 1);
  const int upscore = b.Convolve(score, 2, 4, 2);
  b.Add(Kind::Add, {head, upscore}, 2);
  return b.layers;
}

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

void DrawWeights(Network& network) {
  Random random;
  for (const auto& [name, floats, trainable] : network.WeightSizes()) {
    const bool one = EndsWith(name, "/gamma") || EndsWith(name, "/moving_variance");
    const float spread = EndsWith(name, "/kernel") ? 0.3f : trainable ? 0.1f : 0.0f;
    for (float& value : network.Weight(name).value) value = (one ? 1.0f : 0.0f) + spread * random();
  }
}

// Losses of four steps, then the probabilities of two sizes of image.
std::vector<float> Train() {
  Network network(ccnet::step::MakeGraph(Layers()), ccnet::step::kBaselineKernels);
  DrawWeights(network);
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
