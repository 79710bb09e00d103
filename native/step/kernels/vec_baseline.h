#pragma once
#include <cstdint>
#include <cstring>

namespace ccnet::step {

/// Four floats in the compiler's own vector type: SSE2 on x64, NEON on arm64; see vec_avx512.h.
struct VecBaseline {
  typedef float Floats __attribute__((vector_size(16)));
  typedef int32_t Ints __attribute__((vector_size(16)));
  using Mask = Ints;
  static constexpr int kSize = 4;
#if defined(__aarch64__) || defined(_M_ARM64)
  static constexpr int kRegisters = 32;
#else
  static constexpr int kRegisters = 16;
#endif
  Floats v;

  static VecBaseline Load(const float* p) {
    VecBaseline r;
    std::memcpy(&r.v, p, sizeof r.v);
    return r;
  }
  static VecBaseline Set(float x) { return {Floats{x, x, x, x}}; }
  static VecBaseline Zero() { return Set(0.0f); }
  void Store(float* p) const { std::memcpy(p, &v, sizeof v); }
  static Mask First(int64_t n) {
    const int32_t count = n >= kSize ? kSize : static_cast<int32_t>(n);
    return Ints{0, 1, 2, 3} < Ints{count, count, count, count};
  }
  void StoreFirst(float* p, int64_t n) const {
    if (n >= kSize) return Store(p);
    for (int64_t i = 0; i < n; ++i) p[i] = v[i];
  }
  float Sum() const { return (v[0] + v[1]) + (v[2] + v[3]); }
  VecBaseline Keep(Mask m) const { return {reinterpret_cast<Floats>(reinterpret_cast<Ints>(v) & m)}; }
  Mask Positive() const { return v > Zero().v; }
  static Mask LoadMask(const uint16_t* bits, int64_t p) {
    const int32_t nibble = (bits[p >> 4] >> (p & 12)) & 15;
    const Ints lane = {1, 2, 4, 8};
    return (Ints{nibble, nibble, nibble, nibble} & lane) == lane;
  }
};

inline VecBaseline operator+(VecBaseline a, VecBaseline b) { return {a.v + b.v}; }
inline VecBaseline operator-(VecBaseline a, VecBaseline b) { return {a.v - b.v}; }
inline VecBaseline operator*(VecBaseline a, VecBaseline b) { return {a.v * b.v}; }
inline VecBaseline Max(VecBaseline a, VecBaseline b) {
  const VecBaseline::Mask greater = a.v > b.v;
  return {reinterpret_cast<VecBaseline::Floats>((reinterpret_cast<VecBaseline::Ints>(a.v) & greater) |
                                                (reinterpret_cast<VecBaseline::Ints>(b.v) & ~greater))};
}
inline VecBaseline Fma(VecBaseline a, VecBaseline b, VecBaseline c) { return {a.v * b.v + c.v}; }

/// Swaps rows and lanes of a square.
inline void Transpose(VecBaseline (&r)[4]) {
  const auto low = [](auto a, auto b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); };
  const auto high = [](auto a, auto b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); };
  const VecBaseline::Floats a = low(r[0].v, r[2].v), b = low(r[1].v, r[3].v);
  const VecBaseline::Floats c = high(r[0].v, r[2].v), d = high(r[1].v, r[3].v);
  r[0].v = low(a, b);
  r[1].v = high(a, b);
  r[2].v = low(c, d);
  r[3].v = high(c, d);
}

inline void Zip(VecBaseline a, VecBaseline b, VecBaseline& low, VecBaseline& high) {
  low.v = __builtin_shufflevector(a.v, b.v, 0, 4, 1, 5);
  high.v = __builtin_shufflevector(a.v, b.v, 2, 6, 3, 7);
}

inline void Unzip(VecBaseline low, VecBaseline high, VecBaseline& even, VecBaseline& odd) {
  even.v = __builtin_shufflevector(low.v, high.v, 0, 2, 4, 6);
  odd.v = __builtin_shufflevector(low.v, high.v, 1, 3, 5, 7);
}

inline void Unzip3(const float* p, VecBaseline (&out)[3]) {
  for (int c = 0; c < 3; ++c) out[c].v = VecBaseline::Floats{p[c], p[c + 3], p[c + 6], p[c + 9]};
}

}  // namespace ccnet::step
