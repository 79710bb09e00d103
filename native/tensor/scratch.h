#pragma once
#include <cstdint>

namespace ccnet {

/// What a piece of a thread's scratch memory is for; each purpose has its own buffer, so that one kernel may
/// hold several at a time.
enum class ScratchUse {
  kPackedRight,
  kPackedLeft,
  kPackedChunk,
  kPartialSums,
  kRowPointers,
  kChannels,
  kChunkSums,
  kCount
};

/// Memory of this thread for `use`, at least `bytes` long, aligned to 64 bytes, uninitialised. It stays valid
/// until the same thread asks for the same use again, and is kept between kernels because the system takes
/// longer to hand out fresh pages than a small kernel runs. Throws std::bad_alloc.
void* ScratchBytes(ScratchUse use, int64_t bytes);

inline float* ScratchFloats(ScratchUse use, int64_t count) {
  return static_cast<float*>(ScratchBytes(use, count * static_cast<int64_t>(sizeof(float))));
}

}  // namespace ccnet
