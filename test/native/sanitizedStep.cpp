// Trains a small network, measures an image and runs nested and concurrent parallel sections, at several
// numbers of threads that change in between, then lets allocations, threads and tasks fail: for the thread
// sanitizer and the leak check of scripts/sanitize.ts, which Node, being uninstrumented, would drown in
// findings of its own. Exits with 1 when a thread count gives other bits, or a failure is not survived.
//
// Usage: sanitizedStep STRIDE (see failures.h)
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "common/team.h"
#include "complexity/measure_image.h"
#include "failures.h"
#include "smallNetwork.h"

namespace {

using ccnet::test::Batch;
using ccnet::test::Random;

constexpr int kSide = 32;

// Losses of four steps, then the probabilities of two sizes of image.
std::vector<float> Train() {
  ccnet::step::Network network(ccnet::step::MakeGraph(ccnet::test::SmallNetwork()),
                               ccnet::step::kBaselineKernels);
  ccnet::test::DrawWeights(network);
  std::vector<float> results;
  for (uint32_t step = 0; step < 4; ++step) results.push_back(Learn(network, Batch({2, kSide, kSide}), step));
  for (int side : {kSide, kSide / 2}) {
    const std::vector<float> probabilities = Probabilities(network, Batch({1, side, side}));
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

// Two callers at once: one has the team, or each works alone; a section inside a section runs in its caller.
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

int main(int argc, char** argv) {
  if (argc != 2) return 2;
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
  ccnet::test::CheckFailures(std::atoi(argv[1]));
  return 0;
}
