#pragma once
#include <cstdint>

namespace ccnet::step {

/// Runs body(i) for each i in [0, tasks) on ThreadCount() threads, the caller included, and waits. For
/// sections that follow each other within microseconds: idle workers spin for a moment before they sleep, and
/// a worker that the system has not scheduled yet is not waited for. Which thread runs a task is not
/// determined; results must depend on the task alone. A section within a task runs in the task's thread.
void RunTasks(int64_t tasks, void (*body)(void* context, int64_t task), void* context);

template <class Body>
void ForTasks(int64_t tasks, Body body) {
  RunTasks(
      tasks, [](void* context, int64_t task) { (*static_cast<Body*>(context))(task); }, &body);
}

}  // namespace ccnet::step
