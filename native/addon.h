#pragma once
#include <napi.h>

namespace ccnet {

/// Adds the image complexity kernels (complexity/binding.cpp) to the addon's exports.
void RegisterComplexity(Napi::Env env, Napi::Object exports);

/// Adds linear segmentability (segmentability/binding.cpp) to the addon's exports.
void RegisterSegmentability(Napi::Env env, Napi::Object exports);

/// Adds the compiled training step (step/binding.cpp) to the addon's exports.
void RegisterStep(Napi::Env env, Napi::Object exports);

/// Adds what the processor can do (step/processor_binding.cpp) to the addon's exports.
void RegisterProcessor(Napi::Env env, Napi::Object exports);

}  // namespace ccnet
