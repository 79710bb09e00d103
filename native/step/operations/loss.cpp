#include "step/operations/loss.h"

#include <algorithm>
#include <vector>

#include "common/team.h"
#include "step/operations/operation.h"

namespace ccnet::step {
namespace {

constexpr int64_t kRows = 32;
// Mark of a pixel that counts neither as foreground nor as background.
constexpr uint8_t kIgnored = 2;

// Calls body(task, image, first row, last row + 1) in parallel.
template <class Body>
void ForRows(const Layout& layout, Body body) {
  const int64_t groups = (layout.height + kRows - 1) / kRows;
  ForTasks(groups * layout.images, [&](int64_t task) {
    const int64_t first = task % groups * kRows;
    body(task, task / groups, first, std::min<int64_t>(first + kRows, layout.height));
  });
}

struct Sums {
  double terms[3] = {0.0, 0.0, 0.0};  // weighted cross-entropy, p * y, p
  int64_t foreground = 0;
  int64_t ignored = 0;
};

}  // namespace

double Loss(const Kernels& kernels, const Planes& logits, const uint8_t* masks, float foreground_weight,
            float* probabilities, const Planes& gradient) {
  const Layout& layout = *logits.layout;
  std::vector<Sums> parts(static_cast<size_t>((layout.height + kRows - 1) / kRows * layout.images));
  ForRows(layout, [&](int64_t task, int64_t image, int64_t first, int64_t last) {
    Sums& sums = parts[task];
    for (int64_t y = first; y < last; ++y) {
      const int64_t at = (image * layout.height + y) * layout.width;
      kernels.lossRow(logits.Row(0, image, y), logits.Row(1, image, y), masks + at, foreground_weight,
                      probabilities + at, layout.width, sums.terms);
      for (int64_t x = 0; x < layout.width; ++x) {
        sums.foreground += masks[at + x] == 1;
        sums.ignored += masks[at + x] == kIgnored;
      }
    }
  });
  Sums total;
  for (const Sums& part : parts) {
    for (int i = 0; i < 3; ++i) total.terms[i] += part.terms[i];
    total.foreground += part.foreground;
    total.ignored += part.ignored;
  }
  const double foreground = static_cast<double>(total.foreground);
  const double counted = static_cast<double>(layout.Pixels() - total.ignored);
  // A batch in which nothing counts teaches nothing; its sums are 0 and so is its cross-entropy.
  const double weights = counted == 0.0 ? 1.0 : counted - foreground + foreground * foreground_weight;
  const double overlap = 2.0 * total.terms[1] + 1.0, extent = total.terms[2] + foreground + 1.0;
  const float terms[3] = {static_cast<float>(1.0 / weights), static_cast<float>(overlap / (extent * extent)),
                          static_cast<float>(2.0 / extent)};
  ForRows(layout, [&](int64_t, int64_t image, int64_t first, int64_t last) {
    for (int64_t y = first; y < last; ++y) {
      const int64_t at = (image * layout.height + y) * layout.width;
      kernels.lossGradientRow(probabilities + at, masks + at, foreground_weight, terms,
                              gradient.Row(0, image, y), gradient.Row(1, image, y), layout.width);
    }
    if (first == 0) {
      ClearHalo(gradient, 0, image);
      ClearHalo(gradient, 1, image);
    }
  });
  return total.terms[0] / weights + 1.0 - overlap / extent;
}

void Probabilities(const Kernels& kernels, const Planes& logits, float* probabilities) {
  const Layout& layout = *logits.layout;
  ForRows(layout, [&](int64_t, int64_t image, int64_t first, int64_t last) {
    for (int64_t y = first; y < last; ++y) {
      kernels.sigmoidRow(logits.Row(0, image, y), logits.Row(1, image, y),
                         probabilities + (image * layout.height + y) * layout.width, layout.width);
    }
  });
}

}  // namespace ccnet::step
