import { afterEach, describe, expect, it } from 'vitest';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { stepAddon } from '../../../src-main/engine/compiled/stepAddon.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { randomBatch } from './randomBatch.ts';
import { smallUnet } from './smallUnet.ts';
import { stepOrder } from './stepOrder.ts';

const threads = stepAddon().threadCount();
afterEach(() => stepAddon().setThreadCount(threads));

function train(step: CompiledStep, from: number, to: number): number[] {
  const losses: number[] = [];
  for (let i = from; i < to; i++) losses.push(step.run(randomBatch(2, 64, 64, 3, i), 1e-2));
  return losses;
}

const network = (family: 'fcn8s' | 'cumedvision', width = 1) =>
  describeNetwork({ family, width, channels: 3, classes: 2, factor: 1 });

describe.each<[string, readonly LayerDescription[]]>([
  ['a narrow U-Net', smallUnet({ widths: [4, 6, 8] })],
  ['a U-Net wide enough for Winograd convolutions', smallUnet({ widths: [17, 24] })],
  ['FCN-8s with dropout', network('fcn8s')],
  ['CUMedVision', network('cumedvision')],
])('%s', (_, layers) => {
  it('has the same bits with one, two, three and five threads', () => {
    const [one, ...more] = [1, 2, 3, 5].map((count) => {
      stepAddon().setThreadCount(count);
      const step = new CompiledStep(stepOrder(layers, { seed: 3 }));
      const losses = train(step, 0, 3);
      const { images } = randomBatch(2, 64, 64, 3, 9);
      const result = { losses, weights: step.weights(), output: step.predict(images, 2, 64, 64) };
      step.dispose();
      return result;
    });
    for (const other of more) expect(other).toEqual(one);
    expect(more).toHaveLength(3);
  });
});

it('continues bit by bit from exported weights and optimiser state, dropout included', () => {
  const order = stepOrder(network('fcn8s'), { seed: 5 });
  const whole = new CompiledStep(order);
  const first = new CompiledStep(order);
  const losses = train(whole, 0, 6);
  train(first, 0, 3);
  const resumed = new CompiledStep(order);
  resumed.setWeights(first.weights());
  resumed.setOptimizer(first.optimizer());
  expect(train(resumed, 3, 6)).toEqual(losses.slice(3));
  expect(resumed.weights()).toEqual(whole.weights());
  expect(resumed.optimizer()).toEqual(whole.optimizer());
});

it('draws other dropout masks for another seed', () => {
  const order = stepOrder(network('fcn8s', 2));
  const losses = [1, 2].map((seed) => train(new CompiledStep({ ...order, seed }), 0, 1));
  expect(losses[0]).not.toEqual(losses[1]);
});

it('predicts the same, whatever shapes were predicted before', () => {
  const step = new CompiledStep(stepOrder(smallUnet({ widths: [3, 4, 5, 6, 7] })));
  train(step, 0, 3);
  const { images } = randomBatch(1, 48, 32, 3);
  const first = step.predict(images, 1, 48, 32);
  for (const side of [16, 64, 80]) step.predict(randomBatch(2, side, side, 3).images, 2, side, side);
  expect(step.predict(images, 1, 48, 32)).toEqual(first);
});
