#pragma once
#include "step/kernels/block_product.h"
#include "step/kernels/channel_last_kernel.h"
#include "step/kernels/convolution_kernel.h"
#include "step/kernels/elementwise_kernel.h"
#include "step/kernels/filter_kernel.h"
#include "step/kernels/loss_kernel.h"
#include "step/kernels/multiply_add_kernel.h"
#include "step/kernels/normalize_kernel.h"
#include "step/kernels/shuffle_kernel.h"
#include "step/kernels/winograd_kernel.h"

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
