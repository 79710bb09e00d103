import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SlowKernelError } from '../../../src-main/engine/native/SlowKernelError.ts';
import type { NativeBackend } from '../../../src-main/engine/native/NativeBackend.ts';
import { registerNativeBackend } from '../../../src-main/engine/native/registerNativeBackend.ts';
import { trainingSection } from '../../../src-main/engine/native/trainingSection.ts';

beforeAll(async () => {
  registerNativeBackend();
  await tf.setBackend('native');
});
beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

const backend = (): NativeBackend => tf.backend() as NativeBackend;

describe('the backend native', () => {
  it('is registered once, however often that is asked', () => {
    const before = tf.getKernelsForBackend('native').length;
    registerNativeBackend();
    expect(tf.getKernelsForBackend('native')).toHaveLength(before);
  });

  it('computes in single precision with an epsilon of 1e-7', () => {
    expect(backend().floatPrecision()).toBe(32);
    expect(backend().epsilon()).toBe(1e-7);
  });

  it('counts the bytes of live tensors and of the idle pool', () => {
    const before = backend().memory();
    const sum = tf.tidy(() => tf.add(tf.ones([256, 256]), 1));
    const during = backend().memory();
    expect(during.liveBytes - before.liveBytes).toBe(256 * 256 * 4);
    sum.dispose();
    const after = backend().memory();
    expect(after.liveBytes).toBe(before.liveBytes);
    expect(after.idleBytes).toBeGreaterThanOrEqual(256 * 256 * 4);
    backend().releaseIdleMemory();
    expect(backend().memory().idleBytes).toBe(0);
  });

  it('keeps the elements of a reshaped tensor alive after the original is disposed', () => {
    const x = tf.add(tf.range(0, 1000), 0);
    const y = tf.reshape(x, [10, 100]);
    x.dispose();
    tf.ones([1000]).dispose();
    expect(y.dataSync()[999]).toBe(999);
    const ids = backend().numDataIds();
    y.dispose();
    expect(backend().numDataIds()).toBe(ids - 1);
  });

  it('gives values that outlive their tensor and are not overwritten by the next one', () => {
    const x = tf.fill([1000], 3);
    const values = x.dataSync();
    x.dispose();
    tf.fill([1000], 7);
    expect(values.every((value) => value === 3)).toBe(true);
  });

  it('does not recycle an array that the caller gave', () => {
    const mine = new Float32Array(1000).fill(5);
    tf.tensor1d(mine).dispose();
    tf.fill([1000], 9);
    expect(mine.every((value) => value === 5)).toBe(true);
  });

  it('does not recycle an array of which a JavaScript kernel may hold a part', () => {
    const x = tf.fill([4, 300], 2);
    const cumulated = tf.cumsum(x, 1);
    x.dispose();
    tf.fill([4, 300], 8);
    expect(cumulated.dataSync()[1]).toBe(4);
  });

  it('refuses, inside a training step, a kernel that exists only in JavaScript, and names it', () => {
    expect(() => trainingSection(() => tf.cumsum(tf.ones([4])))).toThrow(SlowKernelError);
    expect(() => trainingSection(() => tf.cumsum(tf.ones([4])))).toThrow(/Cumsum/);
    expect(() => tf.cumsum(tf.ones([4]))).not.toThrow();
  });

  it('names a kernel that it does not have at all', () => {
    expect(() => tf.maxPool3d(tf.ones<tf.Rank.R5>([1, 2, 2, 2, 1]), 2, 2, 'valid')).toThrow(/MaxPool3D/);
  });
});
