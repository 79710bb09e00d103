#include "step/operations/plane_convolution.h"

namespace ccnet::step {

std::vector<ChannelBlock> ChannelBlocks(int channels) {
  const int blocks = (channels + kConvolutionBlock - 1) / kConvolutionBlock;
  std::vector<ChannelBlock> result;
  for (int b = 0, first = 0; b < blocks; ++b) {
    const int count = channels / blocks + (b < channels % blocks);
    result.push_back({first, count});
    first += count;
  }
  return result;
}

}  // namespace ccnet::step
