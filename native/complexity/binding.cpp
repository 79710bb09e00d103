#include "addon.h"

namespace ccnet {

void RegisterComplexity(Napi::Env env, Napi::Object exports) {}

}  // namespace ccnet
