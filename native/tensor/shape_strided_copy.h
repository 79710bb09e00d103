#pragma once
#include <cstdint>
#include <vector>

namespace ccnet {

/// A copy between two strided views of the same shape; strides in elements, negative to run backwards, 0 in
/// the source to repeat. No two places of the destination may coincide.
struct StridedCopy {
  std::vector<int64_t> dims, sourceStrides, targetStrides;
};

/// Drops dimensions of extent 1 and merges neighbours that are contiguous in both views.
StridedCopy Simplify(const StridedCopy& copy);

/// Slice, strided slice, reverse, transpose, tile, concat, pad, split and pack are all this one loop.
/// elementBytes is 1 or 4.
void CopyStrided(const StridedCopy& copy, const uint8_t* source, uint8_t* target, int elementBytes);

}  // namespace ccnet
