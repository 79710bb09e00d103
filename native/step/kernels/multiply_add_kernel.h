#pragma once
#include <cstdint>

namespace ccnet::step {

/// Independent multiply-adds in registers, as many chains as hide their latency: what an inner loop can reach
/// at most. Returns the floating-point operations done.
template <class V>
double MultiplyAdds(int64_t iterations) {
  constexpr int kChains = V::kRegisters == 32 ? 24 : 12;
  V sums[kChains];
#pragma GCC unroll 24
  for (int i = 0; i < kChains; ++i) sums[i] = V::Set(static_cast<float>(i));
  const V decay = V::Set(0.5f), step = V::Set(1.0f);
  for (int64_t n = 0; n < iterations; ++n) {
#pragma GCC unroll 24
    for (int i = 0; i < kChains; ++i) sums[i] = Fma(sums[i], decay, step);
  }
  V total = V::Zero();
#pragma GCC unroll 24
  for (int i = 0; i < kChains; ++i) total = total + sums[i];
  // Keeps the compiler from dropping the loop; every sum converges to 2.
  return total.Sum() < 0.0f ? 0.0 : 2.0 * kChains * V::kSize * static_cast<double>(iterations);
}

}  // namespace ccnet::step
