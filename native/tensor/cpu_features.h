#pragma once

namespace ccnet {

/// What the kernels of native/tensor were compiled for, weakest first. `kBaseline` is what every processor of
/// the architecture has: SSE2 on x86-64, NEON on arm64.
enum class InstructionSet { kBaseline = 0, kAvx2 = 1, kAvx512 = 2 };

/// The best set that this processor and this operating system support.
InstructionSet BestInstructionSet();

/// The set in use; starts as the best one.
InstructionSet CurrentInstructionSet();

/// Chooses a set, for tests and for comparing results. Returns false, changing nothing, if the processor
/// lacks it. Must not be called while a kernel runs.
bool SetInstructionSet(InstructionSet set);

/// "baseline", "avx2" or "avx512".
const char* InstructionSetName(InstructionSet set);

}  // namespace ccnet
