import * as tf from '@tensorflow/tfjs-core';
// For its side effect: core's main module registers no gradients, the layers do.
import '@tensorflow/tfjs-layers';

/** Size of the reference network's input and of its first level. */
export interface ReferenceSize {
  readonly batch: number;
  readonly side: number;
  readonly width: number;
}

/** Large enough to be a fair sample of a training step. */
export const TIMED_SIZE: ReferenceSize = { batch: 4, side: 64, width: 8 };

/** A two-level U-Net with everything that our networks are made of, built from plain operations. */
export interface ReferenceStep {
  /** Loss and gradients by name of the variable, without an update. The caller disposes them. */
  gradients(): { value: tf.Scalar; grads: tf.NamedTensorMap };
  /** One step of Adam. @returns the loss before the update. */
  train(): Promise<number>;
  dispose(): void;
}

/** Builds the reference network and its one batch on the current backend, with the same numbers on every backend. */
export function referenceStep({ batch, side, width }: ReferenceSize): ReferenceStep {
  const variables: tf.Variable[] = [];
  const variable = (shape: number[], scale: number, centre = 0): tf.Variable => {
    const made = tf.tidy(() => tf.variable(waves(shape, scale, centre, variables.length + 1)));
    variables.push(made);
    return made;
  };
  const block = (inputs: number, outputs: number): ((x: tf.Tensor4D) => tf.Tensor4D) => {
    const scale = Math.sqrt(2 / (9 * inputs));
    const kernel = variable([3, 3, inputs, outputs], scale) as tf.Tensor4D;
    const bias = variable([outputs], 0.1);
    const gamma = variable([outputs], 0.1, 1) as tf.Tensor1D;
    const beta = variable([outputs], 0.1) as tf.Tensor1D;
    return (x) => {
      const z = tf.add<tf.Tensor4D>(tf.conv2d(x, kernel, 1, 'same'), bias);
      const { mean, variance } = tf.moments(z, [0, 1, 2]);
      const normal = tf.batchNorm4d(z, mean as tf.Tensor1D, variance as tf.Tensor1D, beta, gamma, 1e-3);
      return tf.relu(normal);
    };
  };
  const first = block(3, width);
  const second = block(width, 2 * width);
  const up = variable([2, 2, width, 2 * width], Math.sqrt(1 / width)) as tf.Tensor4D;
  const third = block(2 * width, width);
  const head = variable([1, 1, width, 2], 1) as tf.Tensor4D;
  const images = waves([batch, side, side, 3], 1, 0, 99) as tf.Tensor4D;
  const masks = tf.tidy(() => tf.cast(tf.greater(waves([batch, side, side, 1], 1, 0, 77), 0), 'float32'));
  const optimizer = tf.train.adam(1e-2);

  const loss = (): tf.Scalar => {
    const fine = first(images);
    const coarse = second(tf.maxPool(fine, 2, 2, 'same'));
    const raised = tf.conv2dTranspose(coarse, up, [batch, side, side, width], 2, 'same');
    const logits = tf.conv2d(third(tf.concat([fine, raised], 3)), head, 1, 'same');
    const [background, foreground] = tf.split(logits, 2, 3) as [tf.Tensor, tf.Tensor];
    const margin = tf.mul(tf.sub(background, foreground), tf.sub(tf.mul(masks, 2), 1));
    return tf.mean(tf.softplus(margin));
  };
  return {
    gradients: () => tf.variableGrads(loss, variables),
    train: async () => {
      const before = optimizer.minimize(loss, true, variables);
      const [value] = (await before?.data()) ?? [];
      before?.dispose();
      return value ?? Number.NaN;
    },
    dispose: () => {
      optimizer.dispose();
      tf.dispose([images, masks, ...variables]);
    },
  };
}

/** Values that look random, follow no random generator, and lie in centre +- scale. */
function waves(shape: number[], scale: number, centre: number, seed: number): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  for (let i = 0; i < values.length; ++i)
    values[i] = centre + scale * Math.sin(12.9898 * i * seed + 78.233 * seed);
  return tf.tensor(values, shape);
}
