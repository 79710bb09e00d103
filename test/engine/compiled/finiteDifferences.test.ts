import { expect, it } from 'vitest';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { randomBatch } from './randomBatch.ts';
import { smallUnet } from './smallUnet.ts';
import { stepOrder } from './stepOrder.ts';

const fcn8s = describeNetwork({ family: 'fcn8s', width: 1, channels: 3, classes: 2, factor: 1 });

it.each<[string, readonly LayerDescription[], number]>([
  ['a U-Net', smallUnet({ widths: [3, 4, 6] }), 16],
  ['FCN-8s with dropout', fcn8s, 64],
])('the gradient of %s predicts the change of the loss along it', (_, layers, side) => {
  const batch = randomBatch(2, side, side, 3);
  const step = new CompiledStep(stepOrder(layers, { foregroundWeight: 1.5, seed: 3 }));
  // With a learning rate of 0 a step only measures; the step count is put back so that dropout draws the same masks.
  const measure = (): number => {
    const state = step.optimizer();
    const loss = step.run(batch, 0);
    step.setOptimizer(state);
    return loss;
  };
  measure();
  const errors: number[] = [];
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
    const error = Math.abs(slope / squared - 1);
    // A kink of a ReLU or a pooling within the change bends a few of them; a wrong gradient is further away.
    expect.soft(error, name).toBeLessThan(0.3);
    errors.push(error);
  }
  expect(errors.length).toBeGreaterThan(10);
  errors.sort((a, b) => a - b);
  expect(errors[Math.floor(0.9 * errors.length)]).toBeLessThan(0.03);
  step.dispose();
});
