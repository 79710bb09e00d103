#pragma once
#include <immintrin.h>

#include <cstdint>

namespace ccnet::step {

/// Eight floats of AVX2 with FMA; see vec_avx512.h.
struct VecAvx2 {
  using Mask = __m256;
  static constexpr int kSize = 8;
  static constexpr int kRegisters = 16;
  __m256 v;

  static VecAvx2 Load(const float* p) { return {_mm256_loadu_ps(p)}; }
  static VecAvx2 Set(float x) { return {_mm256_set1_ps(x)}; }
  static VecAvx2 Zero() { return {_mm256_setzero_ps()}; }
  void Store(float* p) const { _mm256_storeu_ps(p, v); }
  static __m256i FirstLanes(int64_t n) {
    const int count = n >= kSize ? kSize : static_cast<int>(n);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  }
  static Mask First(int64_t n) { return _mm256_castsi256_ps(FirstLanes(n)); }
  void StoreFirst(float* p, int64_t n) const { _mm256_maskstore_ps(p, FirstLanes(n), v); }
  float Sum() const {
    __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
  }
  VecAvx2 Keep(Mask m) const { return {_mm256_and_ps(m, v)}; }
  Mask Positive() const { return _mm256_cmp_ps(v, _mm256_setzero_ps(), _CMP_GT_OQ); }
  static Mask LoadMask(const uint16_t* bits, int64_t p) {
    const __m256i lane = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    const __m256i byte = _mm256_set1_epi32((bits[p >> 4] >> (p & 8)) & 255);
    return _mm256_castsi256_ps(_mm256_cmpeq_epi32(_mm256_and_si256(byte, lane), lane));
  }
};

inline VecAvx2 operator+(VecAvx2 a, VecAvx2 b) { return {_mm256_add_ps(a.v, b.v)}; }
inline VecAvx2 operator-(VecAvx2 a, VecAvx2 b) { return {_mm256_sub_ps(a.v, b.v)}; }
inline VecAvx2 operator*(VecAvx2 a, VecAvx2 b) { return {_mm256_mul_ps(a.v, b.v)}; }
inline VecAvx2 Max(VecAvx2 a, VecAvx2 b) { return {_mm256_max_ps(a.v, b.v)}; }
inline VecAvx2 Fma(VecAvx2 a, VecAvx2 b, VecAvx2 c) { return {_mm256_fmadd_ps(a.v, b.v, c.v)}; }

/// Swaps rows and lanes of a square.
inline void Transpose(VecAvx2 (&r)[8]) {
  __m256 t[8];
  for (int i = 0; i < 8; i += 4) {
    const __m256 a = _mm256_unpacklo_ps(r[i].v, r[i + 1].v), b = _mm256_unpackhi_ps(r[i].v, r[i + 1].v);
    const __m256 c = _mm256_unpacklo_ps(r[i + 2].v, r[i + 3].v);
    const __m256 d = _mm256_unpackhi_ps(r[i + 2].v, r[i + 3].v);
    t[i] = _mm256_shuffle_ps(a, c, 0x44);
    t[i + 1] = _mm256_shuffle_ps(a, c, 0xEE);
    t[i + 2] = _mm256_shuffle_ps(b, d, 0x44);
    t[i + 3] = _mm256_shuffle_ps(b, d, 0xEE);
  }
  for (int i = 0; i < 4; ++i) {
    r[i].v = _mm256_permute2f128_ps(t[i], t[i + 4], 0x20);
    r[i + 4].v = _mm256_permute2f128_ps(t[i], t[i + 4], 0x31);
  }
}

inline void Zip(VecAvx2 a, VecAvx2 b, VecAvx2& low, VecAvx2& high) {
  const __m256 even = _mm256_unpacklo_ps(a.v, b.v), odd = _mm256_unpackhi_ps(a.v, b.v);
  low.v = _mm256_permute2f128_ps(even, odd, 0x20);
  high.v = _mm256_permute2f128_ps(even, odd, 0x31);
}

inline void Unzip(VecAvx2 low, VecAvx2 high, VecAvx2& even, VecAvx2& odd) {
  const auto in_order = [](__m256 x) {
    return _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(x), 0xD8));
  };
  even.v = in_order(_mm256_shuffle_ps(low.v, high.v, 0x88));
  odd.v = in_order(_mm256_shuffle_ps(low.v, high.v, 0xDD));
}

inline void Unzip3(const float* p, VecAvx2 (&out)[3]) {
  const __m256 x = _mm256_loadu_ps(p), y = _mm256_loadu_ps(p + 8), z = _mm256_loadu_ps(p + 16);
  const __m256 mixed0 = _mm256_blend_ps(_mm256_blend_ps(x, y, 0x92), z, 0x24);
  out[0].v = _mm256_permutevar8x32_ps(mixed0, _mm256_setr_epi32(0, 3, 6, 1, 4, 7, 2, 5));
  const __m256 mixed1 = _mm256_blend_ps(_mm256_blend_ps(x, y, 0x24), z, 0x49);
  out[1].v = _mm256_permutevar8x32_ps(mixed1, _mm256_setr_epi32(1, 4, 7, 2, 5, 0, 3, 6));
  const __m256 mixed2 = _mm256_blend_ps(_mm256_blend_ps(x, y, 0x49), z, 0x92);
  out[2].v = _mm256_permutevar8x32_ps(mixed2, _mm256_setr_epi32(2, 5, 0, 3, 6, 1, 4, 7));
}

}  // namespace ccnet::step
