#pragma once
#include <algorithm>
#include <cstdint>

namespace ccnet {

/// Number of threads that run tasks, the caller included. Starts as the hardware concurrency.
int ThreadCount();

/// Sets the number of threads, at least 1. Where the system denies some of them, the others do the work.
void SetThreadCount(int count);

/// Runs body(i) for each i in [0, tasks) on ThreadCount() threads, the caller included, and waits for all of
/// them. For sections that follow each other within microseconds: idle workers spin for a moment before they
/// sleep, and a worker that the system has not scheduled yet is not waited for. Which thread runs a task is
/// not determined; results must depend on the task alone. A section within a task, and one that finds the
/// team at work for another caller, runs in its caller's thread.
///
/// What a task throws ends the section early: no further task begins, and when none runs any more, the caller
/// gets the first exception.
void RunTasks(int64_t tasks, void (*body)(void* context, int64_t task), void* context);

template <class Body>
void ForTasks(int64_t tasks, Body body) {
  RunTasks(
      tasks, [](void* context, int64_t task) { (*static_cast<Body*>(context))(task); }, &body);
}

/// Calls body(begin, end) in the manner of ForTasks over disjoint ranges that cover [0, count), each at most
/// `grain` long. The ranges depend on count and grain alone.
template <class Body>
void ParallelFor(int64_t count, int64_t grain, Body body) {
  const int64_t length = std::max<int64_t>(1, grain);
  ForTasks((count + length - 1) / length,
           [&](int64_t task) { body(task * length, std::min((task + 1) * length, count)); });
}

}  // namespace ccnet
