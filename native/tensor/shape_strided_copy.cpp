#include "tensor/shape_strided_copy.h"

#include <algorithm>
#include <cstring>

#include "tensor/elementwise.h"
#include "tensor/registration.h"
#include "tensor/typed_array_args.h"

namespace ccnet {
namespace {

// The two innermost dimensions of the copy: a plane of rows x columns.
struct Plane {
  int64_t rows, columns, sourceRow, sourceColumn, targetRow, targetColumn;
};

// Tiles of 16x16 elements: in a transposition each cache line that is touched is used whole before it is
// evicted.
template <class T>
void CopyPlane(const Plane& p, const T* source, T* target) {
  if (p.sourceColumn == 1 && p.targetColumn == 1) {
    for (int64_t r = 0; r < p.rows; ++r) {
      std::memcpy(target + r * p.targetRow, source + r * p.sourceRow,
                  static_cast<size_t>(p.columns) * sizeof(T));
    }
    return;
  }
  constexpr int64_t kTile = 16;
  for (int64_t r0 = 0; r0 < p.rows; r0 += kTile) {
    const int64_t r1 = std::min(p.rows, r0 + kTile);
    for (int64_t c0 = 0; c0 < p.columns; c0 += kTile) {
      const int64_t c1 = std::min(p.columns, c0 + kTile);
      for (int64_t r = r0; r < r1; ++r) {
        for (int64_t c = c0; c < c1; ++c) {
          target[r * p.targetRow + c * p.targetColumn] = source[r * p.sourceRow + c * p.sourceColumn];
        }
      }
    }
  }
}

// Ranges of planes, or of rows where there is a single plane, go to the threads.
template <class T>
void CopyTyped(const StridedCopy& copy, const T* source, T* target) {
  const size_t rank = copy.dims.size();
  const size_t row = rank - 2, column = rank - 1;
  const Plane whole{copy.dims[row],          copy.dims[column],
                    copy.sourceStrides[row], copy.sourceStrides[column],
                    copy.targetStrides[row], copy.targetStrides[column]};
  int64_t planes = 1;
  for (size_t d = 0; d < row; ++d) planes *= copy.dims[d];
  // Pieces of a plane of about the grain, so that one big plane is shared out too.
  const int64_t rowsPerPiece = std::max<int64_t>(16, kElementGrain / whole.columns);
  const int64_t pieces = (whole.rows + rowsPerPiece - 1) / rowsPerPiece;
  const int64_t perPiece = std::min(rowsPerPiece, whole.rows) * whole.columns;
  ParallelFor(
      planes * pieces, std::max<int64_t>(1, kElementGrain / perPiece), [&](int64_t begin, int64_t end) {
        for (int64_t index = begin; index < end; ++index) {
          int64_t rest = index / pieces, from = 0, to = 0;
          for (size_t d = row; d-- > 0;) {
            const int64_t at = rest % copy.dims[d];
            rest /= copy.dims[d];
            from += at * copy.sourceStrides[d];
            to += at * copy.targetStrides[d];
          }
          const int64_t first = index % pieces * rowsPerPiece;
          Plane piece = whole;
          piece.rows = std::min(rowsPerPiece, whole.rows - first);
          CopyPlane(piece, source + from + first * whole.sourceRow, target + to + first * whole.targetRow);
        }
      });
}

// Least and greatest element that a view touches, relative to its start.
void Extent(const std::vector<int64_t>& dims, const std::vector<int64_t>& strides, int64_t& low,
            int64_t& high) {
  low = high = 0;
  for (size_t d = 0; d < dims.size(); ++d) (strides[d] < 0 ? low : high) += (dims[d] - 1) * strides[d];
}

// stridedCopy(source, sourceOffset, target, targetOffset, layout): layout holds dims, source strides, target
// strides.
void StridedCopyBinding(const Napi::CallbackInfo& info) {
  const RawSpan source = Raw(info, 0), target = Raw(info, 2);
  const int64_t sourceOffset = Integer(info, 1), targetOffset = Integer(info, 3);
  const Span<int32_t> numbers = Ints(info, 4);
  const size_t rank = static_cast<size_t>(numbers.size / 3);
  Require(info, numbers.size % 3 == 0 && source.elementBytes == target.elementBytes,
          "stridedCopy: bad layout or types");
  StridedCopy copy;
  copy.dims.assign(numbers.data, numbers.data + rank);
  copy.sourceStrides.assign(numbers.data + rank, numbers.data + 2 * rank);
  copy.targetStrides.assign(numbers.data + 2 * rank, numbers.data + 3 * rank);
  for (const int64_t extent : copy.dims)
    Require(info, extent > 0, "stridedCopy: every extent must be positive");
  int64_t low, high;
  Extent(copy.dims, copy.sourceStrides, low, high);
  Require(info, sourceOffset + low >= 0 && sourceOffset + high < source.size,
          "stridedCopy: the source view leaves its array");
  Extent(copy.dims, copy.targetStrides, low, high);
  Require(info, targetOffset + low >= 0 && targetOffset + high < target.size,
          "stridedCopy: the target view leaves its array");
  CopyStrided(copy, source.data + sourceOffset * source.elementBytes,
              target.data + targetOffset * target.elementBytes, source.elementBytes);
}

}  // namespace

StridedCopy Simplify(const StridedCopy& copy) {
  StridedCopy simple;
  for (size_t d = 0; d < copy.dims.size(); ++d) {
    if (copy.dims[d] == 1) continue;
    const bool merges = !simple.dims.empty() &&
                        simple.sourceStrides.back() == copy.sourceStrides[d] * copy.dims[d] &&
                        simple.targetStrides.back() == copy.targetStrides[d] * copy.dims[d];
    if (merges) {
      simple.dims.back() *= copy.dims[d];
      simple.sourceStrides.back() = copy.sourceStrides[d];
      simple.targetStrides.back() = copy.targetStrides[d];
    } else {
      simple.dims.push_back(copy.dims[d]);
      simple.sourceStrides.push_back(copy.sourceStrides[d]);
      simple.targetStrides.push_back(copy.targetStrides[d]);
    }
  }
  return simple;
}

void CopyStrided(const StridedCopy& copy, const uint8_t* source, uint8_t* target, int elementBytes) {
  StridedCopy simple = Simplify(copy);
  while (simple.dims.size() < 2) {
    simple.dims.insert(simple.dims.begin(), 1);
    simple.sourceStrides.insert(simple.sourceStrides.begin(), 0);
    simple.targetStrides.insert(simple.targetStrides.begin(), 0);
  }
  // A single long run is cut into rows, so that it can be shared out among the threads.
  if (simple.dims.size() == 2 && simple.dims[0] == 1 && simple.dims[1] >= 2 * kElementGrain) {
    const int64_t length = simple.dims[1], row = kElementGrain;
    StridedCopy rows{{length / row, row},
                     {row * simple.sourceStrides[1], simple.sourceStrides[1]},
                     {row * simple.targetStrides[1], simple.targetStrides[1]}};
    const int64_t done = length / row * row;
    if (done < length)
      CopyStrided({{length - done}, {simple.sourceStrides[1]}, {simple.targetStrides[1]}},
                  source + done * simple.sourceStrides[1] * elementBytes,
                  target + done * simple.targetStrides[1] * elementBytes, elementBytes);
    simple = rows;
  }
  if (elementBytes == 4) {
    CopyTyped(simple, reinterpret_cast<const uint32_t*>(source), reinterpret_cast<uint32_t*>(target));
  } else {
    CopyTyped(simple, source, target);
  }
}

void RegisterStridedCopy(Napi::Env env, Napi::Object exports) {
  exports.Set("stridedCopy", Napi::Function::New(env, StridedCopyBinding));
}

}  // namespace ccnet
