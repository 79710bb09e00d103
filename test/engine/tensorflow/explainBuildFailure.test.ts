import { describe, expect, it } from 'vitest';
import { explainBuildFailure } from '../../../src-main/engine/tensorflow/explainBuildFailure.ts';

const CASES = [
  [
    'CMake Error: CMAKE_CXX_COMPILER not set, after EnableLanguage',
    'no-compiler',
    'CMAKE_CXX_COMPILER not set',
  ],
  [
    'CMake Error at CMakeLists.txt:2 (cmake_minimum_required):\n  CMake 3.20 or higher is required.  You are running version 3.16.3',
    'no-compiler',
    'CMake 3.20 or higher is required.',
  ],
  [
    'CMake Error: CMake was unable to find a build program corresponding to "Unix Makefiles".',
    'no-compiler',
    'unable to find a build program',
  ],
  [
    'tfjs_backend.cc:30:10: fatal error: tensorflow/core/platform/ctstring_internal.h: No such file or directory\n   30 | #include',
    'libtensorflow-mismatch',
    'a header is missing (tfjs_backend.cc:30:10: fatal error: tensorflow/core/platform/ctstring_internal.h',
  ],
  [
    '/usr/bin/ld: skipping incompatible /tf/libtensorflow.so.2 when searching',
    'libtensorflow-mismatch',
    'it is for another processor',
  ],
  [
    '/usr/bin/ld: /tf/libtensorflow.so.2: file format not recognized; treating as linker script',
    'libtensorflow-mismatch',
    'file format not recognized',
  ],
  [
    'tfjs_backend.obj : error LNK2019: unresolved external symbol TFE_NewContext',
    'libtensorflow-mismatch',
    'a function of TensorFlow 2 is missing',
  ],
  [
    'a.cc:1:1: error: expected unqualified-id\nmake: *** [all] Error 2',
    'addon-build-failed',
    'expected unqualified-id',
  ],
] as const;

describe('explainBuildFailure', () => {
  it.each(CASES)('finds the cause in %j', (output, code, message) => {
    const error = explainBuildFailure(output, '/tf', '/home/a/build.log');
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    if (code !== 'no-compiler') expect(error.facts).toMatchObject({ log: '/home/a/build.log' });
  });
});
