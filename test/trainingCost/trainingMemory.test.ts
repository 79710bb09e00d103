import { describe, expect, it } from 'vitest';
import { LayerTable } from '#common/network/layerTable.ts';
import type { NetworkFamily, NetworkSpec } from '#common/network/network.ts';
import { stepAddon } from '../../src-main/engine/compiled/stepAddon.ts';
import { trainingMemory } from '../../src-main/trainingCost/trainingMemory.ts';
import { describeNetwork } from '../../src-main/network/describeNetwork.ts';
import { firstWeights } from '../../src-main/network/firstWeights.ts';
import { randomBatch } from '../engine/compiled/randomBatch.ts';
import { load, RECIPE, unet } from './configurations.ts';

describe('planMemory', () => {
  it('has room for what lives at the worst moment, as worked out by hand, and little more', () => {
    const table = new LayerTable();
    const hidden = table.convolution('hidden', table.input(3), 5, 1);
    table.convolution('head', hidden, 2, 1);
    const { arenaBytes } = stepAddon().planMemory(table.layers, {
      size: 2,
      height: 64,
      width: 64,
      training: true,
    });
    // While the head goes backward: image, hidden and its gradient, the logits' gradient.
    const floats = 2 * 64 * 64 * (3 + 5 + 5 + 2);
    expect(arenaBytes).toBeGreaterThanOrEqual(4 * floats);
    expect(arenaBytes).toBeLessThan(1.02 * 4 * floats);
  });

  it.each<[NetworkFamily, number, number, number]>([
    ['unet', 1 / 16, 64, 4],
    ['unet', 1 / 8, 128, 1],
    ['unet', 1 / 4, 32, 2],
    ['unet', 1 / 4, 128, 4],
    ['unet', 1 / 2, 64, 2],
    ['fcn8s', 1 / 16, 64, 2],
    ['cumedvision', 1 / 16, 64, 2],
    ['cumedvision', 1 / 4, 32, 2],
  ])(
    '%s at factor %f, %i pixels, batch %i: the arenas are exactly as large as foretold',
    (family, factor, side, batch) => {
      const network: NetworkSpec = { family, width: 64, channels: 3, classes: 2, factor };
      const shape = { size: batch, height: side, width: side };
      const layers = describeNetwork(network);
      const foretold = (training: boolean): number =>
        stepAddon().planMemory(layers, { ...shape, training }).arenaBytes;
      const { StepNetwork } = stepAddon();
      const step = new StepNetwork(layers, firstWeights(layers, 1));
      const { images, masks } = randomBatch(batch, side, side, 3);
      step.predict(batch, side, side, images);
      expect(step.arenaBytes).toBe(foretold(false));
      step.step(batch, side, side, images, masks, 1, 1e-3, 0);
      expect(step.arenaBytes).toBe(foretold(false) + foretold(true));
      step.dispose();
    },
  );

  it('counts value, gradient and both moments of every weight, and no more than the value of an average', () => {
    const table = new LayerTable();
    table.convolution('head', table.normRelu(table.convolution('hidden', table.input(3), 5, 3)), 2, 1);
    const { weightBytes } = stepAddon().planMemory(table.layers, {
      size: 1,
      height: 8,
      width: 8,
      training: true,
    });
    expect(weightBytes).toBe(4 * (4 * (9 * 3 * 5 + 5 + 5 + 5 + 5 * 2 + 2) + 5 + 5));
  });
});

describe('trainingMemory', () => {
  it('grows with factor, batch, crop and the images', () => {
    const base = trainingMemory(unet(1 / 8), RECIPE, load());
    expect(trainingMemory(unet(1 / 4), RECIPE, load())).toBeGreaterThan(base);
    expect(trainingMemory(unet(1 / 8), { ...RECIPE, batch: 16 }, load())).toBeGreaterThan(base);
    expect(trainingMemory(unet(1 / 8), { ...RECIPE, crop: 160 }, load())).toBeGreaterThan(base);
    expect(trainingMemory(unet(1 / 8), RECIPE, load({ decodedBytes: 1e6 })) - base).toBe(8e6);
  });

  it('is bounded by the cache, however many images there are', () => {
    const train = Array.from({ length: 100_000 }, () => ({ width: 512, height: 512 }));
    const images = { ...load().images, train };
    const more =
      trainingMemory(unet(1 / 8), RECIPE, load({ images })) - trainingMemory(unet(1 / 8), RECIPE, load());
    expect(more).toBeLessThanOrEqual(512 * 2 ** 20);
  });
});
