import { referenceBatch, referenceOrder } from './referenceNetwork.ts';
import type { OpenStep } from './trainingStep.ts';

/** Largest deviation that single precision explains, see largestDeviation. */
const TOLERANCE = 1e-4;
/** Small enough for TensorFlow.js's pure JavaScript backend. */
const SIZE = { batch: 2, side: 8, width: 3 };

export interface SelfTest {
  readonly passed: boolean;
  /** What was compared and how far apart it was, for people. */
  readonly text: string;
}

/** A device that is trusted, to compare with. */
export interface Reference {
  readonly openStep: OpenStep;
  /** For people: "the native device". */
  readonly name: string;
}

/**
 * Trains a small network a step on a device and on another that is trusted, exactly as any network is trained on them, and
 * compares loss and gradients.
 */
export async function selfTest(openStep: OpenStep, reference: Reference): Promise<SelfTest> {
  const expected = await lossAndGradients(reference.openStep);
  const worst = largestDeviation(expected, await lossAndGradients(openStep));
  const passed = worst <= TOLERANCE;
  return {
    passed,
    text:
      `${passed ? 'passed' : 'FAILED'}: loss and ${expected.length - 1} gradients of a small U-Net agree with ` +
      `${reference.name} within ${worst.toExponential(1)} (allowed ${TOLERANCE})`,
  };
}

async function lossAndGradients(openStep: OpenStep): Promise<Float32Array[]> {
  const step = await openStep(referenceOrder(SIZE.width));
  try {
    const loss = await step.run(referenceBatch(SIZE.batch, SIZE.side), 0);
    // After one step Adam's first moment is a tenth of the gradient.
    const moments = (await step.optimizer()).filter(({ name }) => name.endsWith('/m'));
    return [Float32Array.of(loss), ...moments.map(({ data }) => data.map((moment) => 10 * moment))];
  } finally {
    await step.dispose();
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
