#pragma once
#include <cstdint>
#include <memory>

namespace ccnet {

constexpr int64_t kScratchAlignment = 64;

/// Bytes that a thread takes for scratch memory of `floats`.
constexpr int64_t ThreadScratchBytes(int64_t floats) {
  return floats * static_cast<int64_t>(sizeof(float)) + kScratchAlignment;
}

/// Memory that a thread keeps for its tasks: at least `floats`, aligned to a cache line, content undefined. A
/// second call in the same thread invalidates the first.
/// @throws std::bad_alloc, after which the thread holds no such memory
inline float* ThreadScratch(int64_t floats) {
  thread_local std::unique_ptr<float[]> memory;
  thread_local int64_t size = 0;
  if (size < floats) {
    size = 0;
    memory.reset();
    memory = std::make_unique<float[]>(static_cast<size_t>(ThreadScratchBytes(floats)) / sizeof(float));
    size = floats;
  }
  const uintptr_t address = reinterpret_cast<uintptr_t>(memory.get());
  return reinterpret_cast<float*>((address + kScratchAlignment - 1) / kScratchAlignment * kScratchAlignment);
}

}  // namespace ccnet
