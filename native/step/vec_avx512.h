#pragma once
#include <immintrin.h>

#include <cstdint>

#if defined(__GNUC__) && !defined(__clang__)
// GCC 12 takes the deliberately undefined operands in its own AVX-512 header for mistakes.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace ccnet::step {

/// Sixteen floats of AVX-512. The kernels are written once against this interface (vec_avx2.h,
/// vec_baseline.h).
struct VecAvx512 {
  using Mask = __mmask16;
  static constexpr int kSize = 16;
  static constexpr int kRegisters = 32;
  __m512 v;

  static VecAvx512 Load(const float* p) { return {_mm512_loadu_ps(p)}; }
  static VecAvx512 Set(float x) { return {_mm512_set1_ps(x)}; }
  static VecAvx512 Zero() { return {_mm512_setzero_ps()}; }
  void Store(float* p) const { _mm512_storeu_ps(p, v); }
  /// The first n lanes alone, 0 <= n.
  static Mask First(int64_t n) { return static_cast<Mask>(n >= kSize ? 0xFFFFu : (1u << n) - 1); }
  void StoreFirst(float* p, int64_t n) const { _mm512_mask_storeu_ps(p, First(n), v); }
  float Sum() const { return _mm512_reduce_add_ps(v); }
  VecAvx512 Keep(Mask m) const { return {_mm512_maskz_mov_ps(m, v)}; }
  Mask Positive() const { return _mm512_cmp_ps_mask(v, _mm512_setzero_ps(), _CMP_GT_OQ); }
  /// Bits of the mask for the positions from p, a multiple of kSize.
  static Mask LoadMask(const uint16_t* bits, int64_t p) { return bits[p >> 4]; }
};

inline VecAvx512 operator+(VecAvx512 a, VecAvx512 b) { return {_mm512_add_ps(a.v, b.v)}; }
inline VecAvx512 operator-(VecAvx512 a, VecAvx512 b) { return {_mm512_sub_ps(a.v, b.v)}; }
inline VecAvx512 operator*(VecAvx512 a, VecAvx512 b) { return {_mm512_mul_ps(a.v, b.v)}; }
inline VecAvx512 Max(VecAvx512 a, VecAvx512 b) { return {_mm512_max_ps(a.v, b.v)}; }
/// a * b + c
inline VecAvx512 Fma(VecAvx512 a, VecAvx512 b, VecAvx512 c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }

/// Swaps rows and lanes of a square: first within 4x4 squares of each quarter, then the quarters.
inline void Transpose(VecAvx512 (&r)[16]) {
  __m512 t[16];
  for (int i = 0; i < 16; i += 4) {
    const __m512 a = _mm512_unpacklo_ps(r[i].v, r[i + 1].v), b = _mm512_unpackhi_ps(r[i].v, r[i + 1].v);
    const __m512 c = _mm512_unpacklo_ps(r[i + 2].v, r[i + 3].v);
    const __m512 d = _mm512_unpackhi_ps(r[i + 2].v, r[i + 3].v);
    t[i] = _mm512_shuffle_ps(a, c, 0x44);
    t[i + 1] = _mm512_shuffle_ps(a, c, 0xEE);
    t[i + 2] = _mm512_shuffle_ps(b, d, 0x44);
    t[i + 3] = _mm512_shuffle_ps(b, d, 0xEE);
  }
  for (int i = 0; i < 4; ++i) {
    const __m512 a = _mm512_shuffle_f32x4(t[i], t[i + 4], 0x88),
                 b = _mm512_shuffle_f32x4(t[i], t[i + 4], 0xDD);
    const __m512 c = _mm512_shuffle_f32x4(t[i + 8], t[i + 12], 0x88);
    const __m512 d = _mm512_shuffle_f32x4(t[i + 8], t[i + 12], 0xDD);
    r[i].v = _mm512_shuffle_f32x4(a, c, 0x88);
    r[i + 4].v = _mm512_shuffle_f32x4(b, d, 0x88);
    r[i + 8].v = _mm512_shuffle_f32x4(a, c, 0xDD);
    r[i + 12].v = _mm512_shuffle_f32x4(b, d, 0xDD);
  }
}

}  // namespace ccnet::step
