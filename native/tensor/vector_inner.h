#pragma once
#include <cstdint>

// One vector of CCNET_LANES floats, through the vector extension that GCC, Clang and clang-cl share: the
// compiler turns it into the registers of the instruction set that the including file is compiled for.

namespace ccnet {
namespace {

typedef float Vector __attribute__((vector_size(CCNET_LANES * 4)));

static inline Vector Load(const float* p) {
  Vector v;
  __builtin_memcpy(&v, p, sizeof(v));
  return v;
}

static inline void Store(float* p, Vector v) { __builtin_memcpy(p, &v, sizeof(v)); }

#if defined(__clang__)
#define CCNET_UNROLL _Pragma("unroll")
#else
#define CCNET_UNROLL _Pragma("GCC unroll 32")
#endif

// Copies n floats. Runs are short (the channels of a few pixels), where a call of memcpy costs more than the
// copy.
static inline void CopyRun(float* out, const float* in, int64_t n) {
  for (; n >= 16; n -= 16, in += 16, out += 16) __builtin_memcpy(out, in, 64);
  if (n & 8) {
    __builtin_memcpy(out, in, 32);
    in += 8;
    out += 8;
  }
  if (n & 4) {
    __builtin_memcpy(out, in, 16);
    in += 4;
    out += 4;
  }
  if (n & 2) {
    __builtin_memcpy(out, in, 8);
    in += 2;
    out += 2;
  }
  if (n & 1) *out = *in;
}

static inline void ZeroRun(float* out, int64_t n) {
  for (int64_t i = 0; i < n; ++i) out[i] = 0.0f;
}

}  // namespace
}  // namespace ccnet
