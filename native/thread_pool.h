#pragma once
#include <cstdint>
#include <functional>

namespace ccnet {

/// Number of threads that ParallelFor uses, the caller included. Starts as the hardware concurrency.
int ThreadCount();

/// Sets the number of threads, at least 1. Must not be called from inside a parallel section.
void SetThreadCount(int count);

/// Calls body(begin, end) over disjoint ranges that cover [0, count), each at most `grain` long, and waits.
/// The ranges depend on count and grain alone, never on the number of threads, so a kernel that reduces one
/// range at a time gives the same bits at any thread count. Nested calls run in the calling thread. An
/// exception of body ends the section early; the first one is rethrown in the caller.
void ParallelFor(int64_t count, int64_t grain, const std::function<void(int64_t, int64_t)>& body);

}  // namespace ccnet
