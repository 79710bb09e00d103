import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { compileStep } from '../../../src-main/engine/compiled/compileStep.ts';
import { buildNetwork } from '../../../src-main/network/buildNetwork.ts';
import { randomBatch } from './randomBatch.ts';
import { smallUnet } from './smallUnet.ts';

beforeAll(() => setBackend('cpu'));

const fcn8s = () => buildNetwork({ family: 'fcn8s', width: 1, channels: 3, classes: 2, factor: 1 }, 3);

it.each<[string, () => LayersModel, number]>([
  ['a U-Net', () => smallUnet({ widths: [3, 4, 6] }), 16],
  ['FCN-8s with dropout', fcn8s, 64],
])('the gradient of %s predicts the change of the loss along it', (_, make, side) => {
  const model = make();
  const batch = randomBatch(2, side, side, 3);
  const step = compileStep(model, { foregroundWeight: 1.5 }, { seed: 7 });
  // With a learning rate of 0 a step only measures; the step count is put back so that dropout draws the same masks.
  const measure = (): number => {
    const state = step.optimizer();
    const loss = step.run(batch, 0);
    step.setOptimizer(state);
    return loss;
  };
  measure();
  let checked = 0;
  const gradients = new Map(step.gradients().map(({ name, data }) => [name, data]));
  const start = step.weights();
  for (const { name } of start) {
    const gradient = gradients.get(name);
    if (!gradient) continue;
    const squared = gradient.reduce((sum, g) => sum + g * g, 0);
    // Small enough a change for the kinks of ReLU and pooling, large enough for the rounding of the loss.
    if (squared < 1e-3) continue;
    const size = 3e-5 / squared;
    const moved = (sign: number) =>
      start.map((weight) =>
        weight.name === name
          ? { ...weight, data: weight.data.map((w, i) => w + sign * size * (gradient[i] ?? 0)) }
          : weight,
      );
    step.setWeights(moved(1));
    const after = measure();
    step.setWeights(moved(-1));
    const slope = (after - measure()) / (2 * size);
    expect.soft(slope / squared, name).toBeCloseTo(1, 1);
    checked += 1;
  }
  expect(checked).toBeGreaterThan(10);
  step.dispose();
  model.dispose();
});
