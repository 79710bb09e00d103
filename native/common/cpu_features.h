#pragma once

namespace ccnet {

/// What kernels are compiled for, weakest first. `kBaseline` is what every processor of
/// the architecture has: SSE2 on x86-64, NEON on arm64.
enum class InstructionSet { kBaseline = 0, kAvx2 = 1, kAvx512 = 2 };

/// The best set that this processor and this operating system support.
InstructionSet BestInstructionSet();

/// "baseline", "avx2" or "avx512".
const char* InstructionSetName(InstructionSet set);

}  // namespace ccnet
