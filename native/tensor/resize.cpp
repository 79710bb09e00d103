#include "tensor/resize.h"

#include "tensor/typed_array_args.h"

namespace ccnet {

Resize ReadResize(const Napi::CallbackInfo& info, size_t first, int64_t inSize, int64_t outSize) {
  const Resize r{Integer(info, first),     Integer(info, first + 1), Integer(info, first + 2),
                 Integer(info, first + 3), Integer(info, first + 4), Integer(info, first + 5),
                 Flag(info, first + 6),    Flag(info, first + 7)};
  Require(
      info,
      r.batch > 0 && r.inHeight > 0 && r.inWidth > 0 && r.outHeight > 0 && r.outWidth > 0 && r.channels > 0,
      "resize: every extent must be positive");
  Require(info,
          inSize == r.batch * r.inHeight * r.inWidth * r.channels &&
              outSize == r.batch * r.outHeight * r.outWidth * r.channels,
          "resize: sizes disagree");
  return r;
}

}  // namespace ccnet
