#include "thread_pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace ccnet {
namespace {

thread_local bool inside_parallel = false;

// A training step is hundreds of kernels of some tens of microseconds; a worker that looked away for longer
// than this sleeps, so that an idle application uses no processor time.
constexpr auto kSpin = std::chrono::microseconds(50);

inline void Pause() {
#if defined(__x86_64__) || defined(_M_X64) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

// Ranges are handed out through one atomic counter. A worker joins a job only while the job is open, and the
// caller waits only for those that joined: a worker that the system is slow to wake delays nobody.
class Pool {
 public:
  Pool() { Resize(static_cast<int>(std::max(1u, std::thread::hardware_concurrency()))); }

  int Size() const { return size_.load(std::memory_order_relaxed); }

  void Resize(int count) {
    std::lock_guard<std::mutex> guard(run_mutex_);
    Stop();
    stopping_ = false;
    for (int i = 1; i < count; ++i) workers_.emplace_back([this, seen = generation_.load()] { Work(seen); });
    size_.store(static_cast<int>(workers_.size()) + 1, std::memory_order_relaxed);
  }

  void Run(int64_t count, int64_t grain, const std::function<void(int64_t, int64_t)>& body) {
    std::lock_guard<std::mutex> guard(run_mutex_);
    const int64_t ranges = (count + grain - 1) / grain;
    const int64_t wanted = std::min<int64_t>(ranges - 1, static_cast<int64_t>(workers_.size()));
    int64_t sleeping;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      body_ = &body;
      count_ = count;
      grain_ = grain;
      next_.store(0, std::memory_order_relaxed);
      places_ = wanted;
      error_ = nullptr;
      generation_.fetch_add(1, std::memory_order_release);
      sleeping = sleeping_;
    }
    for (int64_t i = std::min(wanted, sleeping); i > 0; --i) wake_.notify_one();
    Drain();
    std::unique_lock<std::mutex> lock(mutex_);
    places_ = 0;
    if (joined_ > 0) {
      lock.unlock();
      SpinUntil([this] { return joined_.load(std::memory_order_acquire) == 0; });
      lock.lock();
      idle_.wait(lock, [this] { return joined_ == 0; });
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  template <typename Condition>
  static void SpinUntil(Condition done) {
    const auto end = std::chrono::steady_clock::now() + kSpin;
    while (!done() && std::chrono::steady_clock::now() < end) {
      for (int i = 0; i < 32 && !done(); ++i) Pause();
    }
  }

  void Drain() {
    inside_parallel = true;
    try {
      for (;;) {
        const int64_t begin = next_.fetch_add(grain_, std::memory_order_relaxed);
        if (begin >= count_) break;
        (*body_)(begin, std::min(begin + grain_, count_));
      }
    } catch (...) {
      next_.store(count_, std::memory_order_relaxed);
      std::lock_guard<std::mutex> lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
    inside_parallel = false;
  }

  void Work(uint64_t seen) {
    for (;;) {
      SpinUntil([&] { return generation_.load(std::memory_order_acquire) != seen; });
      {
        std::unique_lock<std::mutex> lock(mutex_);
        ++sleeping_;
        wake_.wait(lock, [&] { return stopping_ || generation_ != seen; });
        --sleeping_;
        if (stopping_) return;
        seen = generation_;
        if (places_ == 0) continue;
        --places_;
        ++joined_;
      }
      Drain();
      std::lock_guard<std::mutex> lock(mutex_);
      if (--joined_ == 0) idle_.notify_one();
    }
  }

  void Stop() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    for (auto& worker : workers_) worker.join();
    workers_.clear();
  }

  std::mutex run_mutex_, mutex_;
  std::condition_variable wake_, idle_;
  std::vector<std::thread> workers_;
  std::atomic<int> size_{1};
  const std::function<void(int64_t, int64_t)>* body_ = nullptr;
  int64_t count_ = 0, grain_ = 1;
  std::atomic<int64_t> next_{0};
  std::atomic<uint64_t> generation_{0};
  std::atomic<int> joined_{0};
  int64_t places_ = 0, sleeping_ = 0;
  std::exception_ptr error_;
  bool stopping_ = false;
};

// Never destroyed: joining threads while a process exits can deadlock on Windows.
Pool& ThePool() {
  static Pool* pool = new Pool();
  return *pool;
}

}  // namespace

int ThreadCount() { return ThePool().Size(); }

void SetThreadCount(int count) { ThePool().Resize(std::max(1, count)); }

void ParallelFor(int64_t count, int64_t grain, const std::function<void(int64_t, int64_t)>& body) {
  if (count <= 0) return;
  grain = std::max<int64_t>(1, grain);
  if (inside_parallel || count <= grain || ThreadCount() == 1) {
    for (int64_t begin = 0; begin < count; begin += grain) body(begin, std::min(begin + grain, count));
    return;
  }
  ThePool().Run(count, grain, body);
}

}  // namespace ccnet
