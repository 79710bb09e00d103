#include "common/team.h"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace ccnet {
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

class InTask {
 public:
  InTask() { in_task = true; }
  ~InTask() { in_task = false; }
};

constexpr uint64_t kClosed = 0xFFFFFFFFu;
constexpr int kSpins = 2000, kYields = 1000;

// Tasks are claimed by compare-and-swap on (section << 32 | next task): a worker that read an older section's
// state can then never claim a task of the next one.
class Team {
 public:
  /// @returns false, having run nothing, when the team is at work for another caller.
  bool Run(int64_t tasks, void (*body)(void*, int64_t), void* context, int threads) {
    const std::unique_lock<std::mutex> section(run_mutex_, std::try_to_lock);
    if (!section.owns_lock()) return false;
    Resize(threads);
    const uint64_t count = static_cast<uint64_t>(tasks);
    const uint64_t next = (ticket_.load(std::memory_order_relaxed) >> 32) + 1;
    ticket_.store(next << 32 | kClosed, std::memory_order_seq_cst);
    body_.store(body, std::memory_order_relaxed);
    context_.store(context, std::memory_order_relaxed);
    tasks_.store(count, std::memory_order_relaxed);
    done_.store(0, std::memory_order_relaxed);
    failed_.store(false, std::memory_order_relaxed);
    ticket_.store(next << 32, std::memory_order_seq_cst);
    if (sleeping_.load(std::memory_order_seq_cst) > 0) {
      { std::lock_guard<std::mutex> lock(sleep_mutex_); }
      wake_.notify_all();
    }
    Drain();
    WaitUntilDone(count);
    if (failed_.load(std::memory_order_relaxed)) std::rethrow_exception(std::exchange(error_, nullptr));
    return true;
  }

 private:
  void Drain() {
    for (;;) {
      uint64_t ticket = ticket_.load(std::memory_order_acquire);
      const uint64_t task = ticket & kClosed, tasks = tasks_.load(std::memory_order_relaxed);
      if (task >= tasks) return;
      const auto body = body_.load(std::memory_order_relaxed);
      void* context = context_.load(std::memory_order_relaxed);
      if (!ticket_.compare_exchange_weak(ticket, ticket + 1, std::memory_order_acq_rel)) continue;
      // After a failure tasks are counted, no longer run.
      if (!failed_.load(std::memory_order_relaxed)) Execute(body, context, static_cast<int64_t>(task));
      if (done_.fetch_add(1, std::memory_order_seq_cst) + 1 == tasks &&
          waiting_.load(std::memory_order_seq_cst)) {
        { std::lock_guard<std::mutex> lock(sleep_mutex_); }
        finished_.notify_one();
      }
    }
  }

  void Execute(void (*body)(void*, int64_t), void* context, int64_t task) {
    try {
      const InTask flag;
      body(context, task);
    } catch (...) {
      if (!failed_.exchange(true, std::memory_order_relaxed)) error_ = std::current_exception();
    }
  }

  void WaitUntilDone(uint64_t tasks) {
    const auto done = [&] { return done_.load(std::memory_order_seq_cst) == tasks; };
    for (int spins = 0; spins < kSpins + kYields; ++spins) {
      if (done()) return;
      spins < kSpins ? Pause() : std::this_thread::yield();
    }
    std::unique_lock<std::mutex> lock(sleep_mutex_);
    waiting_.store(true, std::memory_order_seq_cst);
    finished_.wait(lock, done);
    waiting_.store(false, std::memory_order_relaxed);
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
    if (threads == wanted_) return;
    {
      std::lock_guard<std::mutex> lock(sleep_mutex_);
      stopping_.store(true, std::memory_order_relaxed);
    }
    wake_.notify_all();
    for (auto& worker : workers_) worker.join();
    workers_.clear();
    stopping_.store(false, std::memory_order_relaxed);
    wanted_ = threads;
    try {
      for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { Work(); });
    } catch (const std::exception&) {
      // No memory, or the system grants no more threads: those that there are do the work.
    }
  }

  std::mutex run_mutex_, sleep_mutex_;
  std::condition_variable wake_, finished_;
  std::vector<std::thread> workers_;
  int wanted_ = 1;
  alignas(64) std::atomic<uint64_t> ticket_{kClosed};
  std::atomic<uint64_t> tasks_{0};
  std::atomic<void (*)(void*, int64_t)> body_{nullptr};
  std::atomic<void*> context_{nullptr};
  std::atomic<bool> failed_{false};
  std::exception_ptr error_;  // written by the task that sets failed_, read when all tasks are done
  alignas(64) std::atomic<uint64_t> done_{0};
  alignas(64) std::atomic<int> sleeping_{0};
  std::atomic<bool> stopping_{false}, waiting_{false};
};

// Never destroyed: joining threads while a process exits can deadlock on Windows. And never allocated, so
// that a section as such cannot fail.
Team& TheTeam() {
  alignas(Team) static unsigned char memory[sizeof(Team)];
  static Team* team = new (memory) Team();
  return *team;
}

std::atomic<int>& Threads() {
  static std::atomic<int> threads{static_cast<int>(std::max(1u, std::thread::hardware_concurrency()))};
  return threads;
}

}  // namespace

int ThreadCount() { return Threads().load(std::memory_order_relaxed); }

void SetThreadCount(int count) { Threads().store(std::max(1, count), std::memory_order_relaxed); }

void RunTasks(int64_t tasks, void (*body)(void*, int64_t), void* context) {
  const int threads = ThreadCount();
  const bool shared = tasks > 1 && tasks < static_cast<int64_t>(kClosed) && threads > 1 && !in_task;
  if (shared && TheTeam().Run(tasks, body, context, threads)) return;
  for (int64_t task = 0; task < tasks; ++task) body(context, task);
}

}  // namespace ccnet
