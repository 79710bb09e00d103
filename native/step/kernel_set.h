#pragma once
#include "block_product.h"
#include "channel_last_kernel.h"
#include "convolution_kernel.h"
#include "elementwise_kernel.h"
#include "filter_kernel.h"
#include "loss_kernel.h"
#include "multiply_add_kernel.h"
#include "normalize_kernel.h"
#include "shuffle_kernel.h"
#include "winograd_kernel.h"

namespace ccnet::step {

/// The table for one vector type; included by exactly one file per instruction set.
template <class V>
constexpr Kernels MakeKernels(const char* name) {
  return {name,
          Convolution<V>,
          FilterGradient<V>,
          Product<V, false>,
          Product<V, true>,
          ToChannelLast<V>,
          FromChannelLast<V>,
          WinogradInput<V>,
          WinogradGradient<V>,
          WinogradOutput<V>,
          WinogradFilter<V>,
          WinogradFilterGradient<V>,
          RowMoments<V>,
          Sum<V>,
          Squares<V>,
          Normalize<V>,
          NormalizeSums<V>,
          NormalizeGradient<V>,
          Relu,
          ReluGradient,
          Copy,
          Dropout,
          MaxPool<V>,
          MaxPoolGradient<V>,
          Spread,
          Gather,
          SplitColors<V>,
          Interleave<V>,
          Deinterleave<V>,
          LossRow,
          LossGradientRow,
          SigmoidRow,
          Adam,
          MultiplyAdds<V>};
}

}  // namespace ccnet::step
