import '@tensorflow/tfjs-backend-cpu';
import { abs, add, randomNormal, transpose, type Tensor } from '@tensorflow/tfjs-core';
import {
  layers,
  model as buildModel,
  input,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { modelToOnnx } from '../../src-main/export/onnx/modelToOnnx.ts';

const about = { producer: { name: 'test', version: '1' }, description: 'a test', metadata: { key: 'value' } };

function everyLayer(): LayersModel {
  const image = input({ shape: [null, null, 3] });
  const then = (layer: layers.Layer, ...from: SymbolicTensor[]): SymbolicTensor =>
    layer.apply(from.length === 1 ? (from[0] as SymbolicTensor) : from) as SymbolicTensor;
  const convolved = then(
    layers.conv2d({ filters: 5, kernelSize: 3, padding: 'same', biasInitializer: 'glorotNormal' }),
    image,
  );
  const normalised = then(layers.batchNormalization({}), convolved);
  const skip = then(layers.reLU(), normalised);
  const pooled = then(layers.maxPooling2d({ poolSize: 2 }), skip);
  const deep = then(
    layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu', useBias: false }),
    pooled,
  );
  const up2 = then(layers.conv2dTranspose({ filters: 5, kernelSize: 2, strides: 2, padding: 'same' }), deep);
  const up4 = then(layers.conv2dTranspose({ filters: 5, kernelSize: 4, strides: 2, padding: 'same' }), deep);
  const added = then(layers.add(), up2, up4);
  const joined = then(layers.concatenate(), skip, then(layers.dropout({ rate: 0.5 }), added));
  const logits = then(layers.conv2d({ filters: 2, kernelSize: 1 }), joined);
  return buildModel({ inputs: image, outputs: then(layers.activation({ activation: 'softmax' }), logits) });
}

function randomiseWeights(model: LayersModel): void {
  model.setWeights(
    model.weights.map((weight) => {
      const noise: Tensor = randomNormal(weight.shape as number[], 0, 0.4, 'float32', 7);
      // Variances must be positive.
      return weight.originalName.endsWith('variance') ? add(abs(noise), 0.5) : noise;
    }),
  );
}

describe('modelToOnnx', () => {
  it('gives the same probabilities in onnxruntime as the model gives in TensorFlow.js, at two image sizes', async () => {
    const model = everyLayer();
    randomiseWeights(model);
    const session = await InferenceSession.create(modelToOnnx(model, about));
    for (const [height, width] of [
      [8, 12],
      [16, 4],
    ] as const) {
      const image = randomNormal([2, height, width, 3], 0, 1, 'float32', 3);
      const ours = transpose(model.predict(image) as Tensor, [0, 3, 1, 2]);
      const feed = new OnnxTensor('float32', transpose(image, [0, 3, 1, 2]).dataSync<'float32'>(), [
        2,
        3,
        height,
        width,
      ]);
      const theirs = (await session.run({ image: feed }))['probabilities'];
      expect(theirs?.dims).toEqual([2, 2, height, width]);
      const difference = ours
        .dataSync<'float32'>()
        .map((value, i) => Math.abs(value - Number(theirs?.data[i])));
      expect(Math.max(...difference)).toBeLessThan(1e-5);
    }
  });

  it('names the layer that ONNX export does not know', () => {
    const image = input({ shape: [null, null, 3] });
    const odd = layers.upSampling2d({ size: [2, 2], name: 'odd_one' }).apply(image) as SymbolicTensor;
    expect(() => modelToOnnx(buildModel({ inputs: image, outputs: odd }), about)).toThrow(
      /odd_one.*UpSampling2D/,
    );
  });
});
