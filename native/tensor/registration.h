#pragma once
#include <napi.h>

namespace ccnet {

/// Each adds one family of tensor kernels to the addon's exports, as an object or functions of plain typed
/// arrays.
void RegisterUnary(Napi::Env env, Napi::Object exports);
void RegisterBinary(Napi::Env env, Napi::Object exports);
void RegisterSelect(Napi::Env env, Napi::Object exports);
void RegisterReduce(Napi::Env env, Napi::Object exports);
void RegisterArgReduce(Napi::Env env, Napi::Object exports);
void RegisterSoftmax(Napi::Env env, Napi::Object exports);
void RegisterStridedCopy(Napi::Env env, Napi::Object exports);
void RegisterGather(Napi::Env env, Napi::Object exports);
void RegisterResizeBilinear(Napi::Env env, Napi::Object exports);
void RegisterResizeNearest(Napi::Env env, Napi::Object exports);

}  // namespace ccnet
