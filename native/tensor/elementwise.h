#pragma once
#include <cstdint>

#include "thread_pool.h"

namespace ccnet {

/// Elements per range of an element-wise loop: large enough that waking a thread (tens of microseconds) pays,
/// small enough that two float operands and a result stay in a second-level cache.
constexpr int64_t kElementGrain = 32768;

}  // namespace ccnet
