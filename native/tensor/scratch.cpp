#include "scratch.h"

#include <cstddef>
#include <memory>

namespace ccnet {
namespace {

constexpr int64_t kAlignment = 64;

struct Buffer {
  std::unique_ptr<char[]> memory;
  int64_t capacity = 0;
};

}  // namespace

void* ScratchBytes(ScratchUse use, int64_t bytes) {
  static thread_local Buffer buffers[static_cast<int>(ScratchUse::kCount)];
  Buffer& buffer = buffers[static_cast<int>(use)];
  if (buffer.capacity < bytes) {
    buffer.memory.reset();
    buffer.capacity = 0;
    buffer.memory.reset(new char[static_cast<size_t>(bytes + kAlignment)]);
    buffer.capacity = bytes;
  }
  const auto address = reinterpret_cast<uintptr_t>(buffer.memory.get());
  return reinterpret_cast<void*>((address + kAlignment - 1) & ~static_cast<uintptr_t>(kAlignment - 1));
}

}  // namespace ccnet
