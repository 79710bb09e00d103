import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerNativeBackend } from '../../../src-main/engine/native/registerNativeBackend.ts';
import { tensorAddon } from '../../../src-main/engine/native/tensorAddon.ts';
import { randomValues } from './randomValues.ts';

const threads = tensorAddon().threadCount();

beforeAll(async () => {
  registerNativeBackend();
  await tf.setBackend('native');
});
afterAll(() => tensorAddon().setThreadCount(threads));

/** Shapes whose reductions take each path: rows, columns, narrow channels, wide channels, alternating axes. */
const CASES: [string, number[], number[]][] = [
  ['everything', [300, 700], [0, 1]],
  ['the last axis', [500, 333], [1]],
  ['all but two channels', [8, 64, 64, 2], [0, 1, 2]],
  ['all but three channels', [5, 61, 47, 3], [0, 1, 2]],
  ['all but 96 channels', [4, 33, 31, 96], [0, 1, 2]],
  ['a long inner dimension', [70, 3000], [0]],
  ['a middle axis', [6, 40, 50], [1]],
  ['every other axis', [9, 20, 30, 7], [0, 2]],
];

describe('a native reduction', () => {
  it.each(CASES)('over %s equals the sum in double precision', (_, shape, axes) => {
    const values = randomValues(tf.util.sizeFromShape(shape), 1);
    const sums = tf.tidy(() => tf.sum(tf.tensor(values, shape), axes).dataSync());
    const expected = sumInDouble(values, shape, axes);
    expect(sums).toHaveLength(expected.length);
    for (const [i, sum] of expected.entries()) expect(Math.abs((sums[i] ?? NaN) - sum)).toBeLessThan(1e-3);
  });

  it.each(CASES)('over %s gives the same bits at any number of threads', (_, shape, axes) => {
    const values = randomValues(tf.util.sizeFromShape(shape), 2);
    const bits = [1, 2, 5].map((count) => {
      tensorAddon().setThreadCount(count);
      return tf.tidy(() => [...tf.sum(tf.tensor(values, shape), axes).dataSync()]);
    });
    expect(bits[1]).toEqual(bits[0]);
    expect(bits[2]).toEqual(bits[0]);
  });
});

function sumInDouble(values: Float32Array, shape: number[], axes: number[]): number[] {
  const kept = shape.map((extent, d) => (axes.includes(d) ? 1 : extent));
  const strides = tf.util.computeStrides(kept.concat(1));
  const sums = new Array<number>(tf.util.sizeFromShape(kept)).fill(0);
  for (const [i, value] of values.entries()) {
    const at = tf.util.indexToLoc(i, shape.length, tf.util.computeStrides(shape));
    const target = at.reduce((sum, c, d) => sum + (axes.includes(d) ? 0 : c * (strides[d] ?? 1)), 0);
    sums[target] = (sums[target] ?? 0) + value;
  }
  return sums;
}
