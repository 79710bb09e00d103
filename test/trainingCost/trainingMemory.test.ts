import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkFamily, NetworkSpec } from '#common/network/network.ts';
import { compileStep } from '../../src-main/engine/compiled/compileStep.ts';
import { arenaFloats } from '../../src-main/trainingCost/arenaFloats.ts';
import { arenaBytes, trainingMemory } from '../../src-main/trainingCost/trainingMemory.ts';
import { buildNetwork } from '../../src-main/network/buildNetwork.ts';
import { describeNetwork } from '../../src-main/network/describeNetwork.ts';
import { LayerTable } from '../../src-main/network/layerTable.ts';
import { randomBatch } from '../engine/compiled/randomBatch.ts';
import { chooseNativeBackend } from '../training/chooseNativeBackend.ts';
import { load, RECIPE, unet } from './configurations.ts';

describe('arenaFloats', () => {
  it('counts a chain of two 1x1 convolutions as worked out by hand', () => {
    const table = new LayerTable();
    const hidden = table.convolution('hidden', table.input(3), 5, 1);
    table.convolution('head', hidden, 2, 1);
    // While the head goes backward: image, hidden and its gradient, the logits' gradient, the head's kernel and bias.
    expect(arenaFloats(table.layers, 2, 8, 8)).toBe(2 * 64 * (3 + 5 + 5 + 2) + (5 * 2 + 2));
  });

  it('gives a map that 3x3 kernels read a margin of zeros', () => {
    const table = new LayerTable();
    table.convolution('head', table.input(1), 2, 3);
    // At the loss: image, logits and their gradient, each with a column and a row more.
    expect(arenaFloats(table.layers, 1, 8, 8)).toBe(9 * 9 * (1 + 2 + 2));
  });

  describe('beside the compiled step', () => {
    beforeAll(chooseNativeBackend);

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
      '%s at factor %f, %i pixels, batch %i: the arena is what was foretold or a little less',
      (family, factor, side, batch) => {
        const network: NetworkSpec = { family, width: 64, channels: 3, classes: 2, factor };
        const model = buildNetwork(network, 1);
        const step = compileStep(model, { foregroundWeight: 1 });
        step.run(randomBatch(batch, side, side, 3), 1e-3);
        const foretold = arenaBytes(describeNetwork(network), batch, side, side);
        const real = step.arenaBytes;
        step.dispose();
        model.dispose();
        expect(real).toBeLessThanOrEqual(foretold);
        expect(foretold - real).toBeLessThan(0.3 * real + 4 * 2 ** 20);
      },
    );
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
