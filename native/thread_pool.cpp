#include "thread_pool.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace ccnet {
namespace {

thread_local bool inside_parallel = false;

// Workers wait for a generation number; ranges are handed out through one atomic counter.
class Pool {
 public:
  Pool() { Resize(std::max(1u, std::thread::hardware_concurrency())); }
  ~Pool() { Stop(); }

  int Size() const { return static_cast<int>(workers_.size()) + 1; }

  void Resize(int count) {
    std::lock_guard<std::mutex> guard(run_mutex_);
    Stop();
    stopping_ = false;
    for (int i = 1; i < count; ++i) workers_.emplace_back([this, seen = generation_] { Work(seen); });
  }

  void Run(int64_t count, int64_t grain, const std::function<void(int64_t, int64_t)>& body) {
    std::lock_guard<std::mutex> guard(run_mutex_);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      body_ = &body;
      count_ = count;
      grain_ = grain;
      next_.store(0, std::memory_order_relaxed);
      active_ = static_cast<int>(workers_.size());
      ++generation_;
    }
    wake_.notify_all();
    Drain();
    std::unique_lock<std::mutex> lock(mutex_);
    idle_.wait(lock, [this] { return active_ == 0; });
  }

 private:
  void Drain() {
    inside_parallel = true;
    for (;;) {
      const int64_t begin = next_.fetch_add(grain_, std::memory_order_relaxed);
      if (begin >= count_) break;
      (*body_)(begin, std::min(begin + grain_, count_));
    }
    inside_parallel = false;
  }

  void Work(uint64_t seen) {
    for (;;) {
      {
        std::unique_lock<std::mutex> lock(mutex_);
        wake_.wait(lock, [&] { return stopping_ || generation_ != seen; });
        if (stopping_) return;
        seen = generation_;
      }
      Drain();
      std::lock_guard<std::mutex> lock(mutex_);
      if (--active_ == 0) idle_.notify_one();
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
  const std::function<void(int64_t, int64_t)>* body_ = nullptr;
  int64_t count_ = 0, grain_ = 1;
  std::atomic<int64_t> next_{0};
  uint64_t generation_ = 0;
  int active_ = 0;
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
