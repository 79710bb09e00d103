#include "team.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "thread_pool.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace ccnet::step {
namespace {

void Pause() {
#if defined(__x86_64__) || defined(_M_X64)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// Set while this thread runs a task: sections within tasks run in the same thread.
thread_local bool in_task = false;

constexpr uint64_t kClosed = 0xFFFFFFFFu;
constexpr int kSpins = 2000;

// Tasks are claimed by compare-and-swap on (section << 32 | next task): a worker that read an older section's
// state can then never claim a task of the next one.
class Team {
 public:
  void Run(int64_t tasks, void (*body)(void*, int64_t), void* context) {
    std::lock_guard<std::mutex> section(run_mutex_);
    Resize(ThreadCount());
    const uint64_t next = (ticket_.load(std::memory_order_relaxed) >> 32) + 1;
    ticket_.store(next << 32 | kClosed, std::memory_order_seq_cst);
    body_.store(body, std::memory_order_relaxed);
    context_.store(context, std::memory_order_relaxed);
    tasks_.store(static_cast<uint64_t>(tasks), std::memory_order_relaxed);
    done_.store(0, std::memory_order_relaxed);
    ticket_.store(next << 32, std::memory_order_seq_cst);
    if (sleeping_.load(std::memory_order_seq_cst) > 0) {
      { std::lock_guard<std::mutex> lock(sleep_mutex_); }
      wake_.notify_all();
    }
    Drain();
    for (int spins = 0; done_.load(std::memory_order_acquire) != static_cast<uint64_t>(tasks); ++spins) {
      spins < kSpins ? Pause() : std::this_thread::yield();
    }
  }

 private:
  void Drain() {
    for (;;) {
      uint64_t ticket = ticket_.load(std::memory_order_acquire);
      const uint64_t task = ticket & kClosed;
      if (task >= tasks_.load(std::memory_order_relaxed)) return;
      const auto body = body_.load(std::memory_order_relaxed);
      void* context = context_.load(std::memory_order_relaxed);
      if (!ticket_.compare_exchange_weak(ticket, ticket + 1, std::memory_order_acq_rel)) continue;
      in_task = true;
      body(context, static_cast<int64_t>(task));
      in_task = false;
      done_.fetch_add(1, std::memory_order_release);
    }
  }

  void Work() {
    uint64_t seen = 0;
    while (!stopping_.load(std::memory_order_relaxed)) {
      for (int spins = 0; spins < kSpins && ticket_.load(std::memory_order_relaxed) >> 32 == seen; ++spins)
        Pause();
      if (ticket_.load(std::memory_order_relaxed) >> 32 == seen) {
        std::unique_lock<std::mutex> lock(sleep_mutex_);
        sleeping_.fetch_add(1, std::memory_order_seq_cst);
        wake_.wait(lock, [&] {
          return stopping_.load(std::memory_order_relaxed) ||
                 ticket_.load(std::memory_order_seq_cst) >> 32 != seen;
        });
        sleeping_.fetch_sub(1, std::memory_order_relaxed);
      }
      const uint64_t ticket = ticket_.load(std::memory_order_acquire);
      if ((ticket & kClosed) == kClosed) continue;
      seen = ticket >> 32;
      Drain();
    }
  }

  void Resize(int threads) {
    if (static_cast<int>(workers_.size()) + 1 == threads) return;
    {
      std::lock_guard<std::mutex> lock(sleep_mutex_);
      stopping_.store(true, std::memory_order_relaxed);
    }
    wake_.notify_all();
    for (auto& worker : workers_) worker.join();
    workers_.clear();
    stopping_.store(false, std::memory_order_relaxed);
    for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { Work(); });
  }

  std::mutex run_mutex_, sleep_mutex_;
  std::condition_variable wake_;
  std::vector<std::thread> workers_;
  alignas(64) std::atomic<uint64_t> ticket_{kClosed};
  std::atomic<uint64_t> tasks_{0};
  std::atomic<void (*)(void*, int64_t)> body_{nullptr};
  std::atomic<void*> context_{nullptr};
  alignas(64) std::atomic<uint64_t> done_{0};
  alignas(64) std::atomic<int> sleeping_{0};
  std::atomic<bool> stopping_{false};
};

// Never destroyed: joining threads while a process exits can deadlock on Windows.
Team& TheTeam() {
  static Team* team = new Team();
  return *team;
}

}  // namespace

void RunTasks(int64_t tasks, void (*body)(void*, int64_t), void* context) {
  if (tasks <= 0) return;
  if (tasks == 1 || in_task || ThreadCount() == 1) {
    for (int64_t task = 0; task < tasks; ++task) body(context, task);
    return;
  }
  TheTeam().Run(tasks, body, context);
}

}  // namespace ccnet::step
