import { expect, it } from 'vitest';
import { failing } from '../../failing.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { randomBatch } from './randomBatch.ts';
import { smallUnet } from './smallUnet.ts';
import { stepOrder } from './stepOrder.ts';

it('says which layer cannot take an image of the given size', () => {
  const step = new CompiledStep(stepOrder(smallUnet({ widths: [2, 2, 2] })));
  expect(() => step.run(randomBatch(1, 18, 16, 3), 1e-3)).toThrow(
    /cannot halve 9 x 8 at an input of 18 x 16 pixels/,
  );
  expect(() => step.predict(new Float32Array(5), 1, 16, 16)).toThrow('The images have 5 values');
});

it('refuses weights of another network and use after disposal', () => {
  const step = new CompiledStep(stepOrder(smallUnet({ widths: [2, 2] })));
  const other = new CompiledStep(stepOrder(smallUnet({ widths: [3, 2] })));
  expect(() => step.setWeights(other.weights())).toThrow(failing('other-weights'));
  expect(() => step.setWeights(other.weights())).toThrow(/has shape \[3,3,3,2\]/);
  expect(() => step.setOptimizer([])).toThrow("The optimiser's state has no");
  step.dispose();
  expect(() => step.weights()).toThrow('disposed');
});

it('takes weights by their names, in whatever order they were stored', () => {
  const order = stepOrder(smallUnet({ widths: [2, 3] }));
  const [step, other] = [
    new CompiledStep(order),
    new CompiledStep({ ...order, weights: order.weights.toReversed() }),
  ];
  expect(other.weights()).toEqual(step.weights());
  const batch = randomBatch(1, 16, 16, 3);
  step.run(batch, 1e-2);
  other.setWeights(step.weights().reverse());
  expect(other.weights()).toEqual(step.weights());
});
