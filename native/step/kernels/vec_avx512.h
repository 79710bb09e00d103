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

/// a0 b0 a1 b1 ... of two vectors.
inline void Zip(VecAvx512 a, VecAvx512 b, VecAvx512& low, VecAvx512& high) {
  const __m512i first = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const __m512i second = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  low.v = _mm512_permutex2var_ps(a.v, first, b.v);
  high.v = _mm512_permutex2var_ps(a.v, second, b.v);
}

/// The even and the odd elements of two vectors in a row.
inline void Unzip(VecAvx512 low, VecAvx512 high, VecAvx512& even, VecAvx512& odd) {
  const __m512i first = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  const __m512i second = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  even.v = _mm512_permutex2var_ps(low.v, first, high.v);
  odd.v = _mm512_permutex2var_ps(low.v, second, high.v);
}

/// The elements 3 i, 3 i + 1 and 3 i + 2 of three vectors in a row: each lane is needed from one of them.
inline void Unzip3(const float* p, VecAvx512 (&out)[3]) {
  const __m512 x = _mm512_loadu_ps(p), y = _mm512_loadu_ps(p + 16), z = _mm512_loadu_ps(p + 32);
  const __m512 mixed0 = _mm512_mask_blend_ps(0x2492, _mm512_mask_blend_ps(0x4924, x, y), z);
  out[0].v =
      _mm512_permutexvar_ps(_mm512_setr_epi32(0, 3, 6, 9, 12, 15, 2, 5, 8, 11, 14, 1, 4, 7, 10, 13), mixed0);
  const __m512 mixed1 = _mm512_mask_blend_ps(0x4924, _mm512_mask_blend_ps(0x9249, x, y), z);
  out[1].v =
      _mm512_permutexvar_ps(_mm512_setr_epi32(1, 4, 7, 10, 13, 0, 3, 6, 9, 12, 15, 2, 5, 8, 11, 14), mixed1);
  const __m512 mixed2 = _mm512_mask_blend_ps(0x9249, _mm512_mask_blend_ps(0x2492, x, y), z);
  out[2].v =
      _mm512_permutexvar_ps(_mm512_setr_epi32(2, 5, 8, 11, 14, 1, 4, 7, 10, 13, 0, 3, 6, 9, 12, 15), mixed2);
}

}  // namespace ccnet::step
