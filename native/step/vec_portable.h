#pragma once
#include <cstdint>
#include <cstring>

namespace ccnet::step {

/// Four floats in the compiler's own vector type: SSE2 on x64, NEON on arm64; see vec_avx512.h.
struct VecPortable {
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

  static VecPortable Load(const float* p) {
    VecPortable r;
    std::memcpy(&r.v, p, sizeof r.v);
    return r;
  }
  static VecPortable Set(float x) { return {Floats{x, x, x, x}}; }
  static VecPortable Zero() { return Set(0.0f); }
  void Store(float* p) const { std::memcpy(p, &v, sizeof v); }
  float Sum() const { return (v[0] + v[1]) + (v[2] + v[3]); }
  VecPortable Keep(Mask m) const { return {reinterpret_cast<Floats>(reinterpret_cast<Ints>(v) & m)}; }
  Mask Positive() const { return v > Zero().v; }
  static Mask LoadMask(const uint16_t* bits, int64_t p) {
    const int32_t nibble = (bits[p >> 4] >> (p & 12)) & 15;
    const Ints lane = {1, 2, 4, 8};
    return (Ints{nibble, nibble, nibble, nibble} & lane) == lane;
  }
};

inline VecPortable operator+(VecPortable a, VecPortable b) { return {a.v + b.v}; }
inline VecPortable operator-(VecPortable a, VecPortable b) { return {a.v - b.v}; }
inline VecPortable operator*(VecPortable a, VecPortable b) { return {a.v * b.v}; }
inline VecPortable Max(VecPortable a, VecPortable b) {
  const VecPortable::Mask greater = a.v > b.v;
  return {reinterpret_cast<VecPortable::Floats>((reinterpret_cast<VecPortable::Ints>(a.v) & greater) |
                                                (reinterpret_cast<VecPortable::Ints>(b.v) & ~greater))};
}
inline VecPortable Fma(VecPortable a, VecPortable b, VecPortable c) { return {a.v * b.v + c.v}; }

}  // namespace ccnet::step
