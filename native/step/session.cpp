#include "step/session.h"

#include <cstdint>

#include "step/operations/loss.h"

namespace ccnet::step {
namespace {

float* AtCacheLine(float* memory) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(memory);
  return reinterpret_cast<float*>((address + 63) / 64 * 64);
}

}  // namespace

Session::Session(const Graph& graph, Parameters& parameters, const Kernels& kernels, const Shape& shape,
                 bool training)
    : environment_{kernels, parameters, training},
      plan_(graph, shape, training),
      memory_(std::make_unique<float[]>(static_cast<size_t>(plan_.ArenaBytes()) / sizeof(float))) {
  plan_.Allocate(AtCacheLine(memory_.get()));
}

void Session::LoadImages(const float* images) {
  const Planes& input = plan_.Input();
  const Layout& layout = *input.layout;
  const int channels = input.channels;
  const int64_t line = static_cast<int64_t>(layout.width) * channels;
  ForTasks(layout.images, [&](int64_t image) {
    const float* in = images + image * layout.height * line;
    for (int64_t y = 0; y < layout.height; ++y, in += line) {
      if (channels == 3) {
        float* const rows[3] = {input.Row(0, image, y), input.Row(1, image, y), input.Row(2, image, y)};
        environment_.kernels.splitColors(in, rows, layout.width);
        continue;
      }
      for (int c = 0; c < channels; ++c)
        environment_.kernels.gather(in + c, input.Row(c, image, y), channels, layout.width);
    }
    for (int c = 0; c < channels; ++c) ClearHalo(input, c, image);
  });
}

void Session::Forward() {
  for (const auto& operation : plan_.Operations()) {
    if (operation) operation->Forward(environment_);
  }
}

double Session::Gradients(const float* images, const uint8_t* masks, float foreground_weight, uint32_t seed) {
  environment_.seed = seed;
  LoadImages(images);
  Forward();
  const double loss = Loss(environment_.kernels, plan_.Logits(), masks, foreground_weight,
                           plan_.Probabilities(), plan_.LogitsGradient());
  const auto& operations = plan_.Operations();
  for (size_t i = operations.size(); i-- > 0;) {
    if (operations[i]) operations[i]->Backward(environment_);
  }
  for (const auto& operation : operations) {
    if (operation) operation->Commit(environment_.parameters);
  }
  return loss;
}

void Session::Predict(const float* images, float* probabilities) {
  LoadImages(images);
  Forward();
  Probabilities(environment_.kernels, plan_.Logits(), probabilities);
}

}  // namespace ccnet::step
