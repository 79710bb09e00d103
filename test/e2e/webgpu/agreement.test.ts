import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkSpec } from '#common/network/network.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { WebgpuStep } from '../../../src-main/engine/webgpu/webgpuStep.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { effectiveWeights } from '../../engine/compiled/effectiveWeights.ts';
import { largestDifference, relativeDifferences } from '../../engine/compiled/largestDifference.ts';
import { randomBatch } from '../../engine/compiled/randomBatch.ts';
import { stepOrder } from '../../engine/compiled/stepOrder.ts';
import { noWebgpu } from '../support/noWebgpu.ts';
import { openWebgpuPage, type OpenedWindow } from '../support/webgpuWindow.ts';

const missing = await noWebgpu();
const STEPS = 5;
const LEARNING_RATE = 1e-3;

/** Single precision explains this much of a gradient, relative to the largest value of its tensor. */
const GRADIENT_TOLERANCE = 1e-4;
/**
 * Adam divides a gradient by its own size, so that rounding decides the way of weights whose gradient is almost zero: two correct
 * devices part slowly. Dropout masks of another seed part them by .05 within five steps.
 */
const LOSS_TOLERANCE = 5e-3;
const WEIGHT_TOLERANCE = 5e-2;

const spec = (family: NetworkSpec['family'], width: number, channels: 1 | 3): NetworkSpec => ({
  family,
  width,
  channels,
  classes: 2,
  factor: 1,
});
interface Case {
  readonly name: string;
  readonly network: NetworkSpec;
  /** Of the batches: deep enough layers normalise 8 values, not 2, whose difference is all rounding. */
  readonly side: number;
}

const CASES: readonly Case[] = [
  { name: 'U-Net', network: spec('unet', 2, 3), side: 64 },
  { name: 'CUMedVision', network: spec('cumedvision', 2, 1), side: 64 },
  { name: 'FCN-8s', network: spec('fcn8s', 2, 3), side: 64 },
];

describe.skipIf(missing)('a training step in the window with WebGPU', () => {
  let window: OpenedWindow;

  beforeAll(async () => {
    window = await openWebgpuPage();
    await window.connection.call('adapter', null);
  });
  afterAll(() => window.connection.close());

  it.each(CASES)(
    'agrees with the compiled step of native: $name',
    async ({ network, side }) => {
      const layers = describeNetwork(network);
      const matters = effectiveWeights(layers);
      const order = stepOrder(layers, { seed: 3, foregroundWeight: 2 });
      const gpu = await WebgpuStep.open(window.connection, order);
      const native = new CompiledStep(order);
      const losses: number[] = [];
      for (let step = 1; step <= STEPS; step++) {
        const batch = randomBatch(2, side, side, network.channels, step);
        const expected = native.run(batch, LEARNING_RATE);
        losses.push(Math.abs((await gpu.run(batch, LEARNING_RATE)) - expected));
        if (step > 1) continue;
        // Adam's first step hides the gradients' size; its first moment is a tenth of them.
        const gradients = (moments: readonly NamedTensor[]) =>
          moments.filter(({ name }) => name.endsWith('/m') && matters({ name: name.slice(0, -2) }));
        const [actual, reference] = [gradients(await gpu.optimizer()), gradients(native.optimizer())];
        expect(reference.length).toBeGreaterThan(20);
        expect(most(relativeDifferences(actual, reference, 1e-5))).toBeLessThan(GRADIENT_TOLERANCE);
      }
      expect(losses[0]).toBeLessThan(1e-5);
      expect(Math.max(...losses)).toBeLessThan(LOSS_TOLERANCE);
      const [trained, reference] = [await gpu.weights(), native.weights()].map((all) => all.filter(matters));
      expect(most(relativeDifferences(trained ?? [], reference ?? [], 0.1))).toBeLessThan(WEIGHT_TOLERANCE);
      const { images } = randomBatch(1, side, side, network.channels, 99);
      await gpu.setWeights(native.weights());
      const probabilities = await gpu.predict(images, 1, side, side);
      expect(largestDifference(probabilities, native.predict(images, 1, side, side))).toBeLessThan(1e-5);
      await gpu.dispose();
      native.dispose();
    },
    300_000,
  );
});

const most = (differences: readonly { readonly difference: number }[]): number =>
  Math.max(...differences.map(({ difference }) => difference));
