#include "complexity/objects.h"

#include <cmath>
#include <cstring>
#include <vector>

namespace ccnet {
namespace {

// A horizontal run of foreground, [begin, end), and its parent in the union-find forest.
struct Run {
  int begin, end;
  int parent;
};

int Root(std::vector<Run>& runs, int i) {
  while (runs[i].parent != i) i = runs[i].parent = runs[runs[i].parent].parent;
  return i;
}

void Unite(std::vector<Run>& runs, int a, int b) {
  a = Root(runs, a);
  b = Root(runs, b);
  if (a < b) runs[b].parent = a;
  if (b < a) runs[a].parent = b;
}

void AppendRuns(const uint8_t* row, int width, std::vector<Run>& runs) {
  for (int x = 0; x < width;) {
    uint64_t eight;
    if (x + 8 <= width && (std::memcpy(&eight, row + x, 8), eight == 0)) {
      x += 8;
      continue;
    }
    if (!row[x]) {
      ++x;
      continue;
    }
    const int begin = x;
    while (x < width && row[x]) ++x;
    runs.push_back({begin, x, static_cast<int>(runs.size())});
  }
}

}  // namespace

ObjectStatistics Objects(const PlaneView& mask) {
  thread_local std::vector<Run> scratch;
  std::vector<Run>& runs = scratch;  // looked up once: access to a thread_local costs a call
  runs.clear();
  size_t above = 0, here = 0;  // first run of the previous row and of this one
  for (int y = 0; y < mask.height; ++y) {
    here = runs.size();
    AppendRuns(mask.Row(y), mask.width, runs);
    // 8-connected: runs touch when they overlap after growing one of them by a pixel at each end.
    for (size_t i = above, j = here; i < here && j < runs.size();) {
      if (runs[i].begin <= runs[j].end && runs[j].begin <= runs[i].end) {
        Unite(runs, static_cast<int>(i), static_cast<int>(j));
      }
      if (runs[i].end < runs[j].end) {
        ++i;
      } else {
        ++j;
      }
    }
    above = here;
  }
  std::vector<double> areas(runs.size(), 0);
  for (size_t i = 0; i < runs.size(); ++i) {
    areas[Root(runs, static_cast<int>(i))] += runs[i].end - runs[i].begin;
  }
  double count = 0, sum = 0, squares = 0;
  for (double area : areas) {
    if (area == 0) continue;
    ++count;
    sum += area;
  }
  if (count < 2) return {count, 0};
  const double mean = sum / count;
  for (double area : areas) {
    if (area > 0) squares += (area - mean) * (area - mean);
  }
  return {count, std::sqrt(squares / count) / mean};
}

}  // namespace ccnet
