#include "cpu_support.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#if defined(_MSC_VER)
#include <intrin.h>
#else
#include <cpuid.h>
#endif

#include <cstdint>

namespace ccnet::step {
namespace {

struct Leaf {
  uint32_t a = 0, b = 0, c = 0, d = 0;
};

Leaf Ask(uint32_t leaf, uint32_t subleaf) {
  Leaf r;
#if defined(_MSC_VER)
  int out[4];
  __cpuidex(out, static_cast<int>(leaf), static_cast<int>(subleaf));
  r = {static_cast<uint32_t>(out[0]), static_cast<uint32_t>(out[1]), static_cast<uint32_t>(out[2]),
       static_cast<uint32_t>(out[3])};
#else
  __get_cpuid_count(leaf, subleaf, &r.a, &r.b, &r.c, &r.d);
#endif
  return r;
}

// The registers that the system saves on a context switch (XCR0); an instruction set without them is unusable.
uint64_t SavedState() {
  const bool osxsave = Ask(1, 0).c >> 27 & 1;
  if (!osxsave) return 0;
#if defined(_MSC_VER)
  return _xgetbv(0);
#else
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return static_cast<uint64_t>(high) << 32 | low;
#endif
}

}  // namespace

bool HasAvx2() {
  const bool fma = Ask(1, 0).c >> 12 & 1, avx2 = Ask(7, 0).b >> 5 & 1;
  return fma && avx2 && (SavedState() & 0x6) == 0x6;
}

bool HasAvx512() {
  constexpr uint32_t kNeeded = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31;  // F, DQ, BW, VL
  return HasAvx2() && (Ask(7, 0).b & kNeeded) == kNeeded && (SavedState() & 0xE6) == 0xE6;
}

}  // namespace ccnet::step

#else

namespace ccnet::step {

bool HasAvx2() { return false; }
bool HasAvx512() { return false; }

}  // namespace ccnet::step

#endif
