import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model as layersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { randomValues } from './randomValues.ts';

const BATCH = 2;
const SIDE = 8;

export interface SmallUnet {
  /** One step of Adam on the one batch. @returns the loss before it. */
  train(): number;
  /** Output in inference mode, then the gradient of every weight in training mode. */
  outputAndGradients(): number[][];
  dispose(): void;
}

/** conv - batch norm - ReLU - pool - conv - transposed conv - concat - conv as a LayersModel, with one batch to learn. */
export function smallUnet(): SmallUnet {
  const image = input({ shape: [SIDE, SIDE, 2] });
  const fine = block(image, 4);
  const pooled = layers.maxPooling2d({ poolSize: 2 }).apply(fine);
  const coarse = block(pooled as SymbolicTensor, 6);
  const raised = layers
    .conv2dTranspose({ filters: 4, kernelSize: 2, strides: 2, padding: 'same' })
    .apply(coarse);
  const joined = layers.concatenate().apply([fine, raised as SymbolicTensor]);
  const logits = layers.conv2d({ filters: 2, kernelSize: 1 }).apply(block(joined as SymbolicTensor, 4));
  const model = layersModel({ inputs: image, outputs: logits as SymbolicTensor });
  tf.tidy(() =>
    model.setWeights(
      model.getWeights().map((weight, i) => {
        const values = randomValues(weight.size, i + 1).map((value) => value * 0.5);
        // Batch norm's variance must be positive; the other weights may be anything.
        return tf.tensor(weight.shape.length === 1 ? values.map((value) => value + 1) : values, weight.shape);
      }),
    ),
  );
  const images = tf.tensor4d(randomValues(BATCH * SIDE * SIDE * 2, 100), [BATCH, SIDE, SIDE, 2]);
  const masks = tf.tidy(() =>
    tf.cast(tf.greater(tf.tensor(randomValues(BATCH * SIDE * SIDE, 101), [BATCH, SIDE, SIDE]), 0), 'float32'),
  );
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = tf.train.adam(5e-3);

  const loss = (): tf.Scalar => {
    const output = model.apply(images, { training: true }) as tf.Tensor4D;
    const [background, foreground] = tf.unstack(output, 3) as [tf.Tensor, tf.Tensor];
    const margin = tf.sub(foreground, background);
    const probability = tf.sigmoid(margin);
    const entropy = tf.mean(tf.softplus(tf.mul(margin, tf.sub(1, tf.mul(masks, 2)))));
    const overlap = tf.add(tf.mul(2, tf.sum(tf.mul(probability, masks))), 1);
    const dice = tf.div(overlap, tf.add(tf.add(tf.sum(probability), tf.sum(masks)), 1));
    return tf.add(entropy, tf.sub(1, dice));
  };
  return {
    train: () => tf.tidy(() => optimizer.minimize(loss, true, variables)?.dataSync()[0] ?? Number.NaN),
    outputAndGradients: () =>
      tf.tidy(() => {
        const output = model.predict(images) as tf.Tensor;
        const { value, grads } = tf.variableGrads(loss, variables);
        return [output, value, ...Object.values(grads)].map((tensor) => [...tensor.dataSync()]);
      }),
    dispose: () => {
      optimizer.dispose();
      model.dispose();
      tf.dispose([images, masks]);
    },
  };
}

function block(x: SymbolicTensor, filters: number): SymbolicTensor {
  const convolved = layers.conv2d({ filters, kernelSize: 3, padding: 'same' }).apply(x);
  const normal = layers.batchNormalization().apply(convolved);
  return layers.activation({ activation: 'relu' }).apply(normal) as SymbolicTensor;
}
