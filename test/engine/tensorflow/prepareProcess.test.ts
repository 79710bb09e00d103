import { win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  pathWithLibraries,
  restoreRemovedFunctions,
  tensorflowEnvironment,
} from '../../../src-main/engine/tensorflow/prepareProcess.ts';

describe('restoreRemovedFunctions', () => {
  it('gives a node:util of Node 23 and newer the two functions that the package calls', () => {
    const util: Record<string, unknown> = {};
    restoreRemovedFunctions(util);
    const call = (name: string, value: unknown): unknown =>
      (util[name] as (value: unknown) => unknown)(value);
    const answers = [null, undefined, 0, ''].map((value) => call('isNullOrUndefined', value));
    expect(answers).toEqual([true, true, false, false]);
    expect([[], 'a'].map((value) => call('isArray', value))).toEqual([true, false]);
  });
});

describe('pathWithLibraries', () => {
  const windows = (path: string, libraries: readonly string[]): string =>
    pathWithLibraries(path, libraries, 'win32', (file) => win32.dirname(file), ';');

  it('lets Windows find the DLLs, in front of others of their name', () => {
    expect(windows('C:\\Windows', ['D:\\tf\\lib\\tensorflow.dll'])).toBe('D:\\tf\\lib;C:\\Windows');
  });

  it('adds a folder once', () => {
    expect(windows('D:\\tf;C:\\Windows', ['D:\\tf\\a.dll', 'D:\\tf\\b.dll'])).toBe('D:\\tf;C:\\Windows');
  });

  it('changes nothing elsewhere, where the addon itself knows the folder', () => {
    expect(pathWithLibraries('/usr/bin', ['/tf/libtensorflow.so.2'], 'linux')).toBe('/usr/bin');
  });
});

describe('tensorflowEnvironment', () => {
  it('takes memory of the card as needed, computes in full fp32, and names threads only when asked', () => {
    expect(tensorflowEnvironment(undefined)).toMatchObject({
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
      NVIDIA_TF32_OVERRIDE: '0',
    });
    expect(tensorflowEnvironment(undefined)).not.toHaveProperty('TF_NUM_INTRAOP_THREADS');
    expect(tensorflowEnvironment(3)).toMatchObject({ TF_NUM_INTRAOP_THREADS: '3' });
  });
});
