#pragma once
#include <cstdint>
#include <vector>

namespace ccnet::step {

/// Places buffers, each alive from one time to another, in one arena so that those alive together do not
/// overlap.
class MemoryPlan {
 public:
  /// Asks for `floats` from time `birth` to `death`, both inclusive. @returns the request's index.
  /// @throws std::bad_alloc for more than any computer has.
  int Request(int64_t floats, int birth, int death);
  /// Largest first, each at the lowest free offset. @returns the arena's size in floats.
  int64_t Place();
  /// Offset in floats, a multiple of 16, after Place.
  int64_t Offset(int request) const { return requests_[request].offset; }

 private:
  struct Item {
    int64_t size;
    int birth, death;
    int64_t offset;
  };
  std::vector<Item> requests_;
};

}  // namespace ccnet::step
