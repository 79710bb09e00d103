#include "common/cpu_features.h"

#include <cstdint>

#if defined(__x86_64__) || defined(_M_X64)
#include <cpuid.h>
#define CCNET_X86 1
#endif

namespace ccnet {
namespace {

#ifdef CCNET_X86

// Which register files the operating system saves (XCR0). Asked only when cpuid says that the instruction
// exists.
uint64_t SavedState() {
  uint32_t low, high;
  __asm__ __volatile__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (static_cast<uint64_t>(high) << 32) | low;
}

InstructionSet Detect() {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return InstructionSet::kBaseline;
  const unsigned fma = 1u << 12, osxsave = 1u << 27, avx = 1u << 28;
  if ((c & (fma | osxsave | avx)) != (fma | osxsave | avx)) return InstructionSet::kBaseline;
  const uint64_t state = SavedState();
  const uint64_t ymm = 0x6, zmm = 0xe6;
  if ((state & ymm) != ymm || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return InstructionSet::kBaseline;
  if (!(b & (1u << 5))) return InstructionSet::kBaseline;
  // F, DQ, BW and VL: what CMakeLists.txt lets the compiler use in *_avx512.cpp.
  const unsigned avx512 = (1u << 16) | (1u << 17) | (1u << 30) | (1u << 31);
  return (b & avx512) == avx512 && (state & zmm) == zmm ? InstructionSet::kAvx512 : InstructionSet::kAvx2;
}

#else

InstructionSet Detect() { return InstructionSet::kBaseline; }

#endif

}  // namespace

InstructionSet BestInstructionSet() {
  static const InstructionSet best = Detect();
  return best;
}

const char* InstructionSetName(InstructionSet set) {
  switch (set) {
    case InstructionSet::kAvx512:
      return "avx512";
    case InstructionSet::kAvx2:
      return "avx2";
    case InstructionSet::kBaseline:
      break;
  }
  return "baseline";
}

}  // namespace ccnet
