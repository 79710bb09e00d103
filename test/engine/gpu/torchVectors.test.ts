import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { randomBatch } from '../compiled/randomBatch.ts';
import { startWeights } from '../vectors/startWeights.ts';
import { distance, type StoredTensor } from '../vectors/storedTensor.ts';
import { GRADIENT_CASES } from '../vectors/vectorCases.ts';
import { gpuStep, noTestDevice, SLOW } from './testDevice.ts';

interface Expected {
  readonly name: string;
  readonly losses: readonly number[];
  readonly gradients: readonly StoredTensor[];
}

const missing = await noTestDevice();
const file = new URL('../vectors/torch_gradients.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Expected[] };

/** Gammas whose terms cancel are found no better than this by native, too; half of all gradients are 1e-5 off at most. */
const WORST = 1e-3;

describe.skipIf(missing)('the step on WebGPU', SLOW, () => {
  // The U-Nets, which take a software adapter a minute, are compared by bench/gpuStep.ts.
  it.each(GRADIENT_CASES.filter(({ name }) => !name.startsWith('U-Net')))(
    'has the loss and the gradients of PyTorch in double precision: $name',
    async (options) => {
      const { layers, foregroundWeight, images, side, channels, learningRate } = options;
      const expected = cases.find(({ name }) => name === options.name);
      const order = { layers, weights: startWeights(layers), loss: { foregroundWeight }, seed: 0 };
      const step = await gpuStep(order);
      const loss = await step.run(randomBatch(images, side, side, channels, 1), learningRate);
      expect(Math.abs(loss - (expected?.losses[0] ?? Number.NaN))).toBeLessThan(1e-5);
      // After one step Adam's first moment is a tenth of the gradient.
      const moments = new Map((await step.optimizer()).map(({ name, data }) => [name, data]));
      const far = (expected?.gradients ?? []).map((stored) => {
        const gradient = (moments.get(`${stored.name}/m`) ?? new Float32Array()).map((m) => 10 * m);
        return { name: stored.name, distance: distance(gradient, stored, 1e-4) };
      });
      expect(far.length).toBeGreaterThan(50);
      expect(far.filter((entry) => !(entry.distance < WORST))).toEqual([]);
      const sorted = far.map((entry) => entry.distance).sort((a, b) => a - b);
      expect(sorted[sorted.length >> 1]).toBeLessThan(1e-5);
      await step.dispose();
    },
  );
});
