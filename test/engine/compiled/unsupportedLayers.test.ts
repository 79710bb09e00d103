import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { input, layers, model, regularizers, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { canCompile, compileStep } from '../../../src-main/engine/compiled/compileStep.ts';
import { buildNetwork } from '../../../src-main/network/buildNetwork.ts';
import { randomBatch } from './randomBatch.ts';
import { smallUnet } from './smallUnet.ts';

beforeAll(() => setBackend('cpu'));

function withLayers(...inner: layers.Layer[]): LayersModel {
  const image = input({ shape: [32, 32, 3] });
  let features: unknown = image;
  for (const layer of inner) features = layer.apply(features as typeof image);
  return model({ inputs: image, outputs: features as typeof image });
}

const same = { padding: 'same', filters: 2, kernelSize: 3, name: 'odd' } as const;

describe('canCompile', () => {
  it.each(['unet', 'fcn8s', 'cumedvision'] as const)('accepts the base network %s', (family) => {
    expect(canCompile(buildNetwork({ family, width: 2, channels: 3, classes: 2, factor: 1 }, 1))).toBeNull();
  });

  it.each<[string, () => layers.Layer]>([
    ['its strides is [1,2], not square', () => layers.conv2d({ ...same, strides: [1, 2] })],
    ['its stride is not 1', () => layers.conv2d({ ...same, strides: 2 })],
    ['its padding is "valid"', () => layers.conv2d({ ...same, padding: 'valid' })],
    ['its kernel is 4 x 4', () => layers.conv2d({ ...same, kernelSize: 4 })],
    ['it is dilated', () => layers.conv2d({ ...same, dilationRate: 2 })],
    ['its activation is "tanh"', () => layers.conv2d({ ...same, activation: 'tanh' })],
    ['it has a kernel_regularizer', () => layers.conv2d({ ...same, kernelRegularizer: regularizers.l2() })],
    ['it is frozen', () => layers.conv2d({ ...same, trainable: false })],
    ['its scale is false', () => layers.batchNormalization({ scale: false, name: 'odd' })],
    ['it is not 2x2 with stride 2', () => layers.maxPooling2d({ poolSize: 3, name: 'odd' })],
    [
      'layers of class AveragePooling2D are not supported',
      () => layers.averagePooling2d({ poolSize: 2, name: 'odd' }),
    ],
  ])('names the layer and says "%s"', (reason, make) => {
    const head = layers.conv2d({ filters: 2, kernelSize: 1 });
    expect(canCompile(withLayers(make(), head))).toBe(
      `The compiled training step cannot run layer odd: ${reason}.`,
    );
  });

  it('wants two logits per pixel', () => {
    const three = withLayers(layers.conv2d({ filters: 3, kernelSize: 1, name: 'head' }));
    expect(canCompile(three)).toContain('layer head: it gives 3 logits per pixel where the loss takes 2');
  });
});

it('says which layer cannot take an image of the given size', () => {
  const step = compileStep(smallUnet({ widths: [2, 2, 2] }), { foregroundWeight: 1 });
  expect(() => step.run(randomBatch(1, 18, 16, 3), 1e-3)).toThrow(
    /cannot halve 9 x 8 at an input of 18 x 16 pixels/,
  );
  expect(() => step.predict(new Float32Array(5), 1, 16, 16)).toThrow('The images have 5 values');
});

it('refuses weights of another network and use after disposal', () => {
  const step = compileStep(smallUnet({ widths: [2, 2] }), { foregroundWeight: 1 });
  const other = compileStep(smallUnet({ widths: [3, 2] }), { foregroundWeight: 1 });
  expect(() => step.setWeights(other.weights())).toThrow(/has shape \[3,3,3,2\]/);
  expect(() => step.setOptimizer([])).toThrow("The optimiser's state has no");
  step.dispose();
  expect(() => step.weights()).toThrow('disposed');
});
