#include "addon.h"
#include "tensor/convolution_binding.h"
#include "tensor/registration.h"

namespace ccnet {

void RegisterTensor(Napi::Env env, Napi::Object exports) {
  RegisterUnary(env, exports);
  RegisterBinary(env, exports);
  RegisterSelect(env, exports);
  RegisterReduce(env, exports);
  RegisterArgReduce(env, exports);
  RegisterSoftmax(env, exports);
  RegisterStridedCopy(env, exports);
  RegisterGather(env, exports);
  RegisterResizeBilinear(env, exports);
  RegisterResizeNearest(env, exports);
  RegisterConvolution(env, exports);
}

}  // namespace ccnet
