#pragma once
#include <cstdint>
#include <vector>

namespace ccnet::step {

/// How a feature map [N, H, W, C] lies in memory here: channel by channel, and in each channel the images one
/// after the other, each as H rows of W values followed by `halo` zeros, then `halo` rows of zeros. The zeros
/// behind a row are also those before the next, so that a stride-1 'same' convolution with a kernel of up to
/// 2 * halo + 1 is one loop over the flat channel, in[p + offset], whatever W is. Channels are outermost:
/// batch statistics run over contiguous memory, and a concatenation is its inputs side by side.
struct Layout {
  int images = 0, height = 0, width = 0, halo = 0;
  int64_t pitch = 0;   ///< floats from one row to the next
  int64_t image = 0;   ///< floats from one image to the next
  int64_t length = 0;  ///< floats of a channel, a multiple of kLane; zero outside the images
  int64_t lead = 0;    ///< zeros before a channel, for the taps above the first row; a multiple of kLane
  int64_t stride = 0;  ///< floats from one channel to the next
  std::vector<uint16_t> mask;   ///< after MakeTables, one bit per position of a channel: inside an image
  std::vector<int64_t> inside;  ///< after MakeTables, pixels inside an image among the first i * kLane
                                ///< positions

  static constexpr int64_t kLane = 16;

  /// The measures alone, so that a plan can be made without memory for what it plans.
  Layout(int images, int height, int width, int halo);

  /// Makes `mask` and `inside`, which computing on such maps takes.
  void MakeTables();
  int64_t TableBytes() const {
    return length / kLane * static_cast<int64_t>(sizeof(uint16_t) + sizeof(int64_t)) +
           int64_t{sizeof(int64_t)};
  }

  /// Floats of a buffer of `channels` channels, with the zeros before the first and behind the last.
  int64_t Size(int64_t channels) const { return channels * stride + lead; }
  int64_t Pixels() const { return static_cast<int64_t>(images) * height * width; }
  int64_t Inside(int64_t begin, int64_t end) const { return inside[end / kLane] - inside[begin / kLane]; }
};

/// Some channels of a buffer; `data` is position 0 of the first one.
struct Planes {
  float* data = nullptr;
  const Layout* layout = nullptr;
  int channels = 0;

  float* Channel(int64_t c) const { return data + c * layout->stride; }
  float* Row(int64_t c, int64_t image, int64_t y) const {
    return Channel(c) + image * layout->image + y * layout->pitch;
  }
  Planes Slice(int first, int count) const { return {Channel(first), layout, count}; }
};

/// Writes the zeros before channel `c`, and those behind it when it is the last. The producer of a buffer
/// calls it, because the arena hands out memory that others have used.
void ClearMargins(const Planes& planes, int c);

}  // namespace ccnet::step
