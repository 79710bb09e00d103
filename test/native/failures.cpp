#include "failures.h"

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

#include "common/team.h"
#include "complexity/measure_image.h"
#include "segmentability/segmentability.h"
#include "smallNetwork.h"

namespace {

std::atomic<int64_t> allocations{0}, fail_from{INT64_MAX}, fail_to{INT64_MAX};
std::atomic<int> threads_granted{INT32_MAX};

bool AllocationFails() {
  const int64_t number = ++allocations;
  return number >= fail_from && number < fail_to;
}

}  // namespace

void* operator new(size_t size) {
  void* memory = operator new(size, std::nothrow);
  if (!memory) throw std::bad_alloc();
  return memory;
}
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  return AllocationFails() ? nullptr : std::malloc(size > 0 ? size : 1);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

// Takes the place of the system's, which it calls.
extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                              void* argument) {
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const Create create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
  return --threads_granted < 0 ? EAGAIN : create(thread, attributes, start, argument);
}

namespace {

using ccnet::step::MakeGraph;
using ccnet::step::Network;
using ccnet::test::Batch;

constexpr int kThreads = 3;

[[noreturn]] void Fail(const char* name, const char* what) {
  std::fprintf(stderr, "%s: %s\n", name, what);
  std::exit(1);
}

using Values = std::vector<float>;

/// Something that allocates. `prepare` makes what it needs where nothing fails; the function that it returns
/// gives the same values each time it is called first in a prepared state.
struct Scenario {
  const char* name;
  std::function<std::function<Values()>()> prepare;
};

std::unique_ptr<Network> MakeNetwork() {
  auto network =
      std::make_unique<Network>(MakeGraph(ccnet::test::SmallNetwork()), ccnet::step::kBaselineKernels);
  ccnet::test::DrawWeights(*network);
  return network;
}

// In a thread of its own, with workers of their own, so that no scratch memory is there already.
template <class Body>
void InFreshThreads(Body body) {
  ccnet::SetThreadCount(kThreads - 1);
  ccnet::ForTasks(2, [](int64_t) {});
  ccnet::SetThreadCount(kThreads);
  std::thread(body).join();
}

// One try: allocations [first, last) fail. Then once more with memory.
// @returns whether the try was successful: there were fewer allocations.
bool Try(const Scenario& scenario, int64_t first, int64_t last, const Values& expected) {
  bool succeeded = false;
  InFreshThreads([&] {
    const auto body = scenario.prepare();
    Values found;
    allocations = 0;
    fail_from = first;
    fail_to = last;
    try {
      found = body();
      succeeded = true;
    } catch (const std::bad_alloc&) {
    } catch (const std::exception&) {
      fail_from = INT64_MAX;
      Fail(scenario.name, "gives another exception than std::bad_alloc.");
    }
    fail_from = INT64_MAX;
    if (!succeeded) found = body();
    if (found.size() != expected.size() ||
        std::memcmp(found.data(), expected.data(), found.size() * sizeof(float)) != 0) {
      std::fprintf(stderr, "allocations %lld to %lld of %lld failed, %s\n", static_cast<long long>(first),
                   static_cast<long long>(last), static_cast<long long>(allocations),
                   succeeded ? "which was survived" : "which was reported");
      Fail(scenario.name, "gives other values after a failure.");
    }
  });
  return succeeded && allocations < first;
}

void FailInTurn(const Scenario& scenario, int64_t stride) {
  Values expected;
  InFreshThreads([&] { expected = scenario.prepare()(); });
  int64_t tries = 0;
  for (const bool all : {false, true}) {
    for (int64_t first = 1;; first += stride, ++tries) {
      if (Try(scenario, first, all ? INT64_MAX : first + 1, expected)) break;
    }
  }
  std::printf("%s: right values after each of %lld failures\n", scenario.name, static_cast<long long>(tries));
}

const Scenario kScenarios[] = {
    {"making a network",
     [] {
       return [] {
         const auto network = MakeNetwork();
         return network->Weight("1/kernel").value;
       };
     }},
    {"planning",
     [] {
       return [] {
         const auto need = Network::Need(MakeGraph(ccnet::test::SmallNetwork()), {2, 16, 16}, true);
         return Values{static_cast<float>(need.arena)};
       };
     }},
    {"a step of training",
     [] {
       const std::shared_ptr<Network> network = MakeNetwork();
       const auto batch = std::make_shared<Batch>(ccnet::step::Shape{1, 32, 128});
       // A failed step has changed nothing, so the same follows.
       return [=] {
         const float loss = Learn(*network, *batch, 1);
         fail_from = INT64_MAX;  // the step is made: what follows must not make another try of it
         Values values{loss};
         for (const auto& weight : network->WeightSizes()) {
           const Values& value = network->Weight(weight.name).value;
           values.insert(values.end(), value.begin(), value.end());
         }
         return values;
       };
     }},
    {"inference of a batch",
     [] {
       const std::shared_ptr<Network> network = MakeNetwork();
       const auto batch = std::make_shared<Batch>(ccnet::step::Shape{1, 32, 128});
       return [=] { return Probabilities(*network, *batch); };
     }},
    {"inference image by image",
     [] {
       const std::shared_ptr<Network> network = MakeNetwork();
       const auto batch = std::make_shared<Batch>(ccnet::step::Shape{kThreads + 1, 16, 16});
       return [=] { return Probabilities(*network, *batch); };
     }},
    {"measuring complexity",
     [] {
       constexpr int kSide = 40;
       const auto batch = std::make_shared<Batch>(ccnet::step::Shape{1, kSide, kSide});
       return [=] {
         const ccnet::PlaneView mask{batch->masks.data(), kSide, kSide};
         const ccnet::Measures measures = ccnet::MeasureImage(mask, mask);
         return Values(measures.begin(), measures.end());
       };
     }},
    {"measuring segmentability",
     [] {
       constexpr int kSide = 24;
       const auto batch = std::make_shared<Batch>(ccnet::step::Shape{1, kSide, kSide});
       const auto numbers = std::make_shared<std::vector<int32_t>>(2);
       return [=] {
         const ccnet::MaskedImage image{{batch->pixels.data(), kSide, kSide, 3}, batch->masks.data()};
         const auto measured = ccnet::MeasureSegmentability({image, image, image, image}, 1,
                                                            {numbers->data(), numbers->data() + 1});
         Values dice;
         for (const ccnet::Halving& way : measured) dice.insert(dice.end(), way.dice.begin(), way.dice.end());
         return dice;
       };
     }},
};

// Tasks that throw: the caller gets one of the exceptions, when no task runs any more, and the team works on.
void ThrowInTasks() {
  constexpr int64_t kTasks = 200;
  std::atomic<int> running{0};
  for (int round = 0; round < 300; ++round) {
    ccnet::SetThreadCount(1 + round % 5);
    bool caught = false;
    try {
      ccnet::ForTasks(kTasks, [&](int64_t task) {
        ++running;
        // Sections within tasks pass on what they throw.
        if (task % 50 == round % 50) {
          --running;
          ccnet::ForTasks(3, [](int64_t) { throw std::length_error("as expected"); });
        }
        for (volatile int i = 0; i < 100; ++i) {
        }
        --running;
      });
    } catch (const std::length_error&) {
      caught = true;
      if (running != 0) Fail("throwing tasks", "the section ends while tasks run.");
    }
    if (!caught) Fail("throwing tasks", "the exception is lost.");
    std::atomic<int64_t> sum{0};
    ccnet::ForTasks(kTasks, [&](int64_t task) { sum += task; });
    if (sum != kTasks * (kTasks - 1) / 2) Fail("throwing tasks", "the next section is incomplete.");
  }
  std::printf("throwing tasks: 300 sections ended with their exception\n");
}

// Fewer threads than asked for, down to none but the caller.
void DenyThreads() {
  for (int granted = 0; granted < 5; ++granted) {
    ccnet::SetThreadCount(1);
    ccnet::SetThreadCount(6);
    threads_granted = granted;
    std::vector<int> done(1000);
    ccnet::ForTasks(1000, [&](int64_t task) { ++done[task]; });
    threads_granted = INT32_MAX;
    for (int count : done) {
      if (count != 1) Fail("denied threads", "not every task was run once.");
    }
    // Else the next round would keep these threads.
    ccnet::SetThreadCount(2);
    ccnet::ForTasks(2, [](int64_t) {});
  }
  std::printf("denied threads: every task was run\n");
}

}  // namespace

void ccnet::test::CheckFailures(int64_t stride) {
  ThrowInTasks();
  DenyThreads();
  for (const Scenario& scenario : kScenarios) FailInTurn(scenario, stride);
}
