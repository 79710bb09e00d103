#pragma once
#include <cstdint>
#include <vector>

#include "multiply_windows.h"

namespace ccnet {

/// out[tap * channels + channel][column] = sum over all positions of window(position)[tap][channel] *
/// right[position][column], where `right` is one matrix of positions x columns: the gradient of a convolution
/// with respect to its filter, and the product of a transposed matrix with another.
///
/// Here the sum runs over positions, the longest dimension. Loops, from the outside: parts of the positions x
/// blocks of rows x blocks of columns (parallel), chunks of kChunk positions, panels of columns, tiles of
/// rows. The packed windows are read down their columns (column-major tiles), so nothing is transposed. When
/// the result is too small to occupy the cores (288 x 32 in the first layers), the positions are divided into
/// parts whose number follows from the geometry; the parts' results are added in order.
void ReduceWindows(const Windows& windows, const std::vector<Tap>& taps, int64_t batch,
                   const RightMatrix& right, float* out);

}  // namespace ccnet
