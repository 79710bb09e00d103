#include "step/plan/memory_plan.h"

#include <algorithm>
#include <new>
#include <numeric>

namespace ccnet::step {

int MemoryPlan::Request(int64_t floats, int birth, int death) {
  // No computer has this; and the sum of all requests does not overflow.
  constexpr int64_t kMostFloats = int64_t{1} << 44;
  if (floats > kMostFloats) throw std::bad_alloc();
  requests_.push_back({(floats + 15) / 16 * 16, birth, death, 0});
  return static_cast<int>(requests_.size()) - 1;
}

int64_t MemoryPlan::Place() {
  std::vector<int> order(requests_.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return requests_[a].size > requests_[b].size; });
  int64_t total = 0;
  std::vector<const Item*> placed;  // by offset
  for (int index : order) {
    Item& item = requests_[index];
    int64_t offset = 0;
    for (const Item* other : placed) {
      if (other->death < item.birth || item.death < other->birth) continue;
      if (offset + item.size <= other->offset) break;
      offset = std::max(offset, other->offset + other->size);
    }
    item.offset = offset;
    total = std::max(total, offset + item.size);
    placed.insert(std::upper_bound(placed.begin(), placed.end(), &item,
                                   [](const Item* a, const Item* b) { return a->offset < b->offset; }),
                  &item);
  }
  return total;
}

}  // namespace ccnet::step
