#pragma once
#include <napi.h>

namespace ccnet {

/// Adds the heavy kernels (convolution, matrix product, pooling, batch norm, choice of instruction set) to
/// the exports; convolutionKernels.ts types and documents them.
void RegisterConvolution(Napi::Env env, Napi::Object exports);

void RegisterPooling(Napi::Env env, Napi::Object exports);
void RegisterBatchNorm(Napi::Env env, Napi::Object exports);
void RegisterInstructionSet(Napi::Env env, Napi::Object exports);

}  // namespace ccnet
