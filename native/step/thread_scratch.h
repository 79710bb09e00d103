#pragma once
#include <cstdint>
#include <memory>

namespace ccnet::step {

/// Memory that a thread keeps for its tasks: at least `floats`, aligned to a cache line, content undefined. A
/// second call in the same thread invalidates the first.
inline float* ThreadScratch(int64_t floats) {
  constexpr int64_t kAlignment = 64;
  thread_local std::unique_ptr<float[]> memory;
  thread_local int64_t size = 0;
  if (size < floats) {
    size = floats;
    memory.reset();
    memory = std::make_unique<float[]>(static_cast<size_t>(size + kAlignment / sizeof(float)));
  }
  const uintptr_t address = reinterpret_cast<uintptr_t>(memory.get());
  return reinterpret_cast<float*>((address + kAlignment - 1) / kAlignment * kAlignment);
}

}  // namespace ccnet::step
