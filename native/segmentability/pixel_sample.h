#pragma once
#include <cstdint>
#include <vector>

namespace ccnet {

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }

  /// In [0, 1).
  double Uniform() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

 private:
  uint64_t state_;
};

/// Indices, ascending, of up to `most` pixels drawn at random without repetition, followed by those of up to
/// `most_foreground` pixels of the foreground: some pixels may come twice.
std::vector<int64_t> SamplePixels(const uint8_t* mask, int64_t pixels, int64_t most, int64_t most_foreground,
                                  Random& random);

}  // namespace ccnet
