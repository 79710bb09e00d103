#include "addon.h"

namespace ccnet {

void RegisterTensor(Napi::Env env, Napi::Object exports) {}

}  // namespace ccnet
