#pragma once
#include <cstdint>

namespace ccnet::test {

/// What happens when something fails: every allocation of a network, a plan, a training step, an inference
/// and a measurement fails in turn, alone and together with all that follow; threads are denied; tasks throw.
/// Nothing may crash, leak or hang, the caller gets std::bad_alloc, and the next try, with memory, gives what
/// it would have given without the failure. Else the process ends with exit code 1.
/// @param stride  only every stride-th allocation fails: all of them take minutes under a sanitizer
void CheckFailures(int64_t stride);

}  // namespace ccnet::test
