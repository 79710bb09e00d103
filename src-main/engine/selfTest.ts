import * as tf from '@tensorflow/tfjs-core';
import { referenceStep } from './referenceStep.ts';

/** Small enough for the pure JavaScript backend, which is the reference. */
const TESTED = { batch: 2, side: 8, width: 3 };
/** Large enough to be a fair sample of a training step. */
const TIMED = { batch: 4, side: 64, width: 8 };
const TIMED_STEPS = 5;

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
  const expected = await lossAndGradients(reference);
  const actual = await lossAndGradients(backendName);
  const worst = largestDeviation(expected, actual);
  const passed = worst <= TOLERANCE;
  return {
    passed,
    text:
      `${passed ? 'passed' : 'FAILED'}: loss and ${expected.length - 1} gradients of a small U-Net agree with the ` +
      `${reference === 'cpu' ? 'JavaScript reference' : `${reference} device`} within ${worst.toExponential(1)} (allowed ${TOLERANCE})`,
  };
}

/** Median milliseconds of a training step of the reference network (two levels, width 8, batch 4 of 64x64) on a backend. */
export async function timeReferenceStep(backendName: string): Promise<number> {
  return withBackend(backendName, () => {
    const step = referenceStep(TIMED);
    step.train();
    const times: number[] = [];
    for (let i = 0; i < TIMED_STEPS; ++i) {
      const start = performance.now();
      step.train();
      times.push(performance.now() - start);
    }
    step.dispose();
    return times.sort((a, b) => a - b)[Math.floor(TIMED_STEPS / 2)] ?? Number.NaN;
  });
}

async function lossAndGradients(backendName: string): Promise<Float32Array[]> {
  return withBackend(backendName, () => {
    const step = referenceStep(TESTED);
    const { value, grads } = step.gradients();
    // Names of variables count up over the life of the process; their order is what both backends share.
    const values = [value, ...Object.values(grads)].map((tensor) => Float32Array.from(tensor.dataSync()));
    tf.dispose([value, grads]);
    step.dispose();
    return values;
  });
}

async function withBackend<T>(name: string, body: () => T): Promise<T> {
  const before = tf.getBackend();
  const production = tf.env().getBool('PROD');
  // The JavaScript backend greets its first user on standard error otherwise.
  tf.env().set('PROD', true);
  await tf.setBackend(name);
  try {
    return body();
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
