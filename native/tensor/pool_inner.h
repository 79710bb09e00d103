#pragma once
#include "kernels.h"
#include "vector_inner.h"

// Pooling of one output row: for each window the taps are the outer loop and the channels the inner one,
// which is contiguous in NHWC and vectorises. Comparisons are written `v > best`, so that NaN never wins, as
// TensorFlow.js has it.

namespace ccnet {
namespace {

// The taps of one window that lie inside the image: [firstY, lastY) x [firstX, lastX).
struct Window {
  int64_t image, cornerY, cornerX, out;
  int64_t firstY, lastY, firstX, lastX;
};

static inline void ClipTaps(int64_t corner, int64_t window, int64_t dilation, int64_t size, int64_t& first,
                            int64_t& last) {
  first = 0;
  last = window;
  while (first < window && corner + first * dilation < 0) ++first;
  while (last > first && corner + (last - 1) * dilation >= size) --last;
}

template <typename Visit>
static inline void ForEachWindow(const PoolGeometry& p, int64_t image, int64_t row, Visit visit) {
  Window w{};
  w.image = image;
  w.cornerY = row * p.strideHeight - p.padTop;
  w.cornerX = -p.padLeft;
  w.out = (image * p.outHeight + row) * p.outWidth * p.channels;
  ClipTaps(w.cornerY, p.windowHeight, p.dilationHeight, p.inHeight, w.firstY, w.lastY);
  for (int64_t x = 0; x < p.outWidth; ++x, w.cornerX += p.strideWidth, w.out += p.channels) {
    ClipTaps(w.cornerX, p.windowWidth, p.dilationWidth, p.inWidth, w.firstX, w.lastX);
    visit(w);
  }
}

// Calls visit(offset of the tap's pixel, tap number) in row order.
template <typename Visit>
static inline void ForEachTap(const PoolGeometry& p, const Window& w, Visit visit) {
  for (int64_t ky = w.firstY; ky < w.lastY; ++ky) {
    const int64_t line = w.image * p.inHeight + w.cornerY + ky * p.dilationHeight;
    for (int64_t kx = w.firstX; kx < w.lastX; ++kx) {
      const int64_t pixel = line * p.inWidth + w.cornerX + kx * p.dilationWidth;
      visit(pixel * p.channels, static_cast<int32_t>(ky * p.windowWidth + kx));
    }
  }
}

static void MaxPoolRow(const PoolGeometry& p, const float* x, float* y, int64_t image, int64_t row) {
  ForEachWindow(p, image, row, [&](const Window& w) {
    float* best = y + w.out;
    for (int64_t c = 0; c < p.channels; ++c) best[c] = -__builtin_inff();
    ForEachTap(p, w, [&](int64_t in, int32_t) {
      const float* from = x + in;
      for (int64_t c = 0; c < p.channels; ++c) best[c] = from[c] > best[c] ? from[c] : best[c];
    });
  });
}

// Finds the first maximum of each window again and adds the window's gradient there. Channels go in blocks
// that fit on the stack; the winner's tap number is compared rather than scattered to, so that both loops
// vectorise.
static void MaxPoolGradientRow(const PoolGeometry& p, const float* dy, const float* x, float* dx,
                               int64_t image, int64_t row) {
  constexpr int64_t kBlock = 128;
  ForEachWindow(p, image, row, [&](const Window& w) {
    for (int64_t c0 = 0; c0 < p.channels; c0 += kBlock) {
      const int64_t count = p.channels - c0 < kBlock ? p.channels - c0 : kBlock;
      float best[kBlock];
      int32_t winner[kBlock];
      for (int64_t c = 0; c < count; ++c) {
        best[c] = -__builtin_inff();
        winner[c] = -1;
      }
      ForEachTap(p, w, [&](int64_t in, int32_t tap) {
        const float* from = x + in + c0;
        for (int64_t c = 0; c < count; ++c) {
          const bool wins = from[c] > best[c];
          best[c] = wins ? from[c] : best[c];
          winner[c] = wins ? tap : winner[c];
        }
      });
      const float* gradient = dy + w.out + c0;
      ForEachTap(p, w, [&](int64_t in, int32_t tap) {
        float* to = dx + in + c0;
        for (int64_t c = 0; c < count; ++c) to[c] += winner[c] == tap ? gradient[c] : 0.0f;
      });
    }
  });
}

static inline float TapCount(const Window& w) {
  return static_cast<float>((w.lastY - w.firstY) * (w.lastX - w.firstX));
}

static void AveragePoolRow(const PoolGeometry& p, const float* x, float* y, int64_t image, int64_t row) {
  ForEachWindow(p, image, row, [&](const Window& w) {
    float* sum = y + w.out;
    ZeroRun(sum, p.channels);
    ForEachTap(p, w, [&](int64_t in, int32_t) {
      const float* from = x + in;
      for (int64_t c = 0; c < p.channels; ++c) sum[c] += from[c];
    });
    const float count = TapCount(w);
    for (int64_t c = 0; c < p.channels; ++c) sum[c] /= count;
  });
}

static void AveragePoolGradientRow(const PoolGeometry& p, const float* dy, float* dx, int64_t image,
                                   int64_t row) {
  ForEachWindow(p, image, row, [&](const Window& w) {
    const float* gradient = dy + w.out;
    const float share = 1.0f / TapCount(w);
    ForEachTap(p, w, [&](int64_t in, int32_t) {
      float* to = dx + in;
      for (int64_t c = 0; c < p.channels; ++c) to[c] += share * gradient[c];
    });
  });
}

}  // namespace
}  // namespace ccnet
