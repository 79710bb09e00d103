import * as tf from '@tensorflow/tfjs-core';
import { referenceGradients } from './referenceGradients.ts';

/** Largest deviation that single precision explains, see largestDeviation. */
const TOLERANCE = 1e-4;

export interface SelfTest {
  readonly passed: boolean;
  /** What was compared and how far apart it was, for people. */
  readonly text: string;
}

/**
 * Computes loss and gradients of a small network, forward and backward, with a backend and with another that is trusted, and
 * compares them. The current backend stays current.
 * @param reference backend to compare with: TensorFlow.js's own in JavaScript unless named
 */
export async function selfTest(backendName: string, reference = 'cpu'): Promise<SelfTest> {
  const expected = await withBackend(reference, referenceGradients);
  const actual = await withBackend(backendName, referenceGradients);
  return judgeGradients(
    actual,
    expected,
    `the ${reference === 'cpu' ? 'JavaScript reference' : `${reference} device`}`,
  );
}

/**
 * Judges what a device made of the reference network.
 * @param actual loss and gradients of the device, from `referenceGradients`
 * @param expected the same of the reference
 * @param reference what it was compared with, for people
 */
export function judgeGradients(
  actual: readonly Float32Array[],
  expected: readonly Float32Array[],
  reference: string,
): SelfTest {
  const worst = largestDeviation(expected, actual);
  const passed = worst <= TOLERANCE;
  return {
    passed,
    text:
      `${passed ? 'passed' : 'FAILED'}: loss and ${expected.length - 1} gradients of a small U-Net agree with ` +
      `${reference} within ${worst.toExponential(1)} (allowed ${TOLERANCE})`,
  };
}

/** Runs `body` on a backend, after which the current one is current again. */
export async function withBackend<T>(name: string, body: () => Promise<T>): Promise<T> {
  const before = tf.getBackend();
  const production = tf.env().getBool('PROD');
  // The JavaScript backend greets its first user on standard error otherwise.
  tf.env().set('PROD', true);
  await tf.setBackend(name);
  try {
    return await body();
  } finally {
    tf.env().set('PROD', production);
    if (before && before !== name) await tf.setBackend(before);
  }
}

/**
 * Largest difference, relative to the largest value of the same array; arrays that are almost zero (gradients of biases
 * before a batch norm) are judged by a hundredth of the largest value of all.
 */
function largestDeviation(expected: readonly Float32Array[], actual: readonly Float32Array[]): number {
  const scales = expected.map((values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  const least = Math.max(...scales) / 100;
  let worst = 0;
  for (const [i, values] of expected.entries()) {
    for (const [k, value] of values.entries()) {
      const difference = Math.abs(value - (actual[i]?.[k] ?? Number.NaN)) / Math.max(scales[i] ?? 0, least);
      worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
    }
  }
  return worst;
}
