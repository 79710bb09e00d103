import { expect, it } from 'vitest';
import { LayerTable } from '#common/network/layerTable.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { stepAddon } from '../../../src-main/engine/compiled/stepAddon.ts';
import { randomBatch } from './randomBatch.ts';
import { stepOrder } from './stepOrder.ts';

const MOMENTUM = 0.9;

/** A batch norm of the image itself: behind a convolution that passes it on. */
function normOfImage() {
  const table = new LayerTable();
  const passed = table.convolution('pass', table.input(1), 1, 1);
  table.convolution('logits', table.normRelu(passed), 2, 1);
  const order = stepOrder(table.layers);
  const weights = order.weights.map((weight) =>
    weight.name === 'pass/kernel' ? { ...weight, data: Float32Array.of(1) } : weight,
  );
  return { ...order, weights };
}

it.each(stepAddon().instructionSets())(
  'the variance of a batch survives a mean ten thousand times the deviation, on %s',
  (set) => {
    const { images, ...batch } = randomBatch(3, 48, 37, 1);
    const far = images.map((value) => value + 10_000);
    const step = new CompiledStep(normOfImage(), set);
    step.run({ ...batch, images: far }, 0);
    const moving = step.weights().find(({ name }) => name === 'pass_norm/moving_variance')?.data[0] ?? NaN;
    step.dispose();
    // In double precision, from the values as single precision holds them.
    const mean = far.reduce((sum, value) => sum + value / far.length, 0);
    const variance = far.reduce((sum, value) => sum + (value - mean) ** 2 / far.length, 0);
    expect((moving - MOMENTUM) / (1 - MOMENTUM) / variance).toBeCloseTo(1, 5);
  },
);
