import * as tf from '@tensorflow/tfjs-core';
import { referenceStep } from './referenceStep.ts';

/** Small enough for the pure JavaScript backend, which is the reference. */
const SIZE = { batch: 2, side: 8, width: 3 };

/** Loss and gradients of the small reference network on TensorFlow.js's current backend, the loss first. */
export async function referenceGradients(): Promise<Float32Array[]> {
  const step = referenceStep(SIZE);
  const { value, grads } = step.gradients();
  // Names of variables count up over the life of the process; their order is what all backends share.
  const tensors = [value, ...Object.values(grads)];
  const values = await Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())));
  tf.dispose(tensors);
  step.dispose();
  return values;
}
