import '@tensorflow/tfjs-backend-cpu';
import { randomNormal, setBackend, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { networkWeights } from '#common/network/layerWeights.ts';
import { failing } from '../../failing.ts';
import { NETWORK_FAMILIES } from '#common/network/network.ts';
import { layersModel } from '../../../src-main/engine/tape/layersModel.ts';
import { describeNetwork, sizeMultiple } from '../../../src-main/network/describeNetwork.ts';
import { firstWeights } from '../../../src-main/network/firstWeights.ts';
import { specOf } from '../../network/networkSpecs.ts';

beforeAll(() => setBackend('cpu'));

describe.each(NETWORK_FAMILIES)('the LayersModel of %s', (family) => {
  const layers = describeNetwork(specOf(family, { width: 2 }));
  const weights = firstWeights(layers, 1);
  const make = () => layersModel(layers, weights, { name: family });

  it('has exactly the weights of the layer table, by name and shape', () => {
    const model = make();
    const sorted = (all: readonly { name: string; shape: readonly unknown[]; trainable: boolean }[]) =>
      all.map(({ name, shape, trainable }) => `${name} [${shape.join()}] ${trainable}`).toSorted();
    const trainable = new Set(model.trainableWeights.map(({ id }) => id));
    expect(
      sorted(
        model.weights.map(({ originalName, shape, id }) => ({
          name: originalName,
          shape,
          trainable: trainable.has(id),
        })),
      ),
    ).toEqual(sorted(networkWeights(layers)));
    model.dispose();
  });

  it('takes weights in the order in which project files before 0.3.0 kept them, its own', () => {
    const model = make();
    const byName = new Map(weights.map((weight) => [weight.name, weight]));
    const stored = model.weights.map(({ originalName, shape }) => {
      const data = byName.get(originalName)?.data ?? new Float32Array();
      return { name: originalName, shape: shape.map(Number), data };
    });
    const again = layersModel(layers, stored, { name: family });
    for (const [index, variable] of again.weights.entries())
      expect(variable.read().dataSync()).toEqual(model.weights[index]?.read().dataSync());
    model.dispose();
    again.dispose();
  });

  it('maps any size that its poolings divide to logits of that size', () => {
    const model = make();
    const side = sizeMultiple(family);
    tidy(() => {
      const logits = model.predict(randomNormal([1, side, 2 * side, 3])) as Tensor;
      expect(logits.shape).toEqual([1, side, 2 * side, 2]);
    });
    model.dispose();
  });
});

it('refuses the weights of another network', () => {
  const layers = describeNetwork(specOf('unet', { width: 3 }));
  const others = firstWeights(describeNetwork(specOf('unet', { width: 2 })), 1);
  expect(() => layersModel(layers, others, { name: 'unet' })).toThrow(failing('other-weights'));
  expect(() => layersModel(layers, others, { name: 'unet' })).toThrow(
    /down1_conv1\/kernel has shape \[3,3,3,3\], that of the given one is \[3,3,3,2\]/,
  );
  expect(() => layersModel(layers, others.slice(1), { name: 'unet' })).toThrow(/has 134 tensors, 133 were/);
});
