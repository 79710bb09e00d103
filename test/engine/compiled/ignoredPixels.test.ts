import '@tensorflow/tfjs-backend-cpu';
import { type Tensor4D, tensor3d, tensor4d, tidy, valueAndGrad } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { TapeStep } from '../../../src-main/engine/tape/tapeStep.ts';
import { segmentationLoss } from '../../../src-main/engine/tape/segmentationLoss.ts';
import type { Batch } from '../../../src-main/engine/trainingStep.ts';
import { randomBatch } from './randomBatch.ts';
import { effectiveWeights } from './effectiveWeights.ts';
import { relativeDifferences } from './largestDifference.ts';
import { smallUnet } from './smallUnet.ts';
import { stepOrder } from './stepOrder.ts';

const SIDE = 16;
const layers = smallUnet({ widths: [2, 4] });
const order = stepOrder(layers, { foregroundWeight: 2, seed: 5 });

/** A rim of pixels that do not count around what is drawn, and a stripe of background. */
function rimmed(seed: number): Batch {
  const batch = randomBatch(2, SIDE, SIDE, 3, seed);
  const masks = batch.masks.map((mark, pixel) => {
    const beside = [pixel - 1, pixel + 1, pixel - SIDE, pixel + SIDE].map((at) => batch.masks[at] ?? mark);
    return pixel % SIDE === 0 || beside.some((other) => other !== mark) ? 2 : mark;
  });
  return { ...batch, masks };
}

/** The loss of trainingStep.ts for the pixels that count, from the probabilities of a network. */
function lossOf(probabilities: Float32Array, { masks }: Batch, foregroundWeight: number): number {
  let [entropy, weights, overlap, predicted, foreground] = [0, 0, 0, 0, 0];
  masks.forEach((mark, pixel) => {
    if (mark === 2) return;
    const p = probabilities[pixel] ?? 0;
    const weight = mark === 1 ? foregroundWeight : 1;
    entropy -= weight * Math.log(mark === 1 ? p : 1 - p);
    weights += weight;
    overlap += mark === 1 ? p : 0;
    predicted += p;
    foreground += mark;
  });
  return entropy / weights + 1 - (2 * overlap + 1) / (predicted + foreground + 1);
}

describe.each([
  ['compiled', () => new CompiledStep(order)],
  ['tape', () => new TapeStep(order, 'cpu')],
] as const)('pixels that do not count, in the %s step', (_name, open) => {
  it('are neither background nor foreground', () => {
    const batch = rimmed(3);
    const step = open();
    const loss = step.run(batch, 1e-3);
    const weights = step.weights();
    step.dispose();
    expect(batch.masks.filter((mark) => mark === 2).length).toBeGreaterThan(40);
    // The same pixels as background, or as foreground, give another loss: the rim is there to be seen.
    for (const mark of [0, 1]) {
      const other = open();
      expect(
        Math.abs(
          other.run({ ...batch, masks: batch.masks.map((own) => (own === 2 ? mark : own)) }, 1e-3) - loss,
        ),
      ).toBeGreaterThan(1e-3);
      const differences = relativeDifferences(other.weights(), weights);
      expect(Math.max(...differences.map(({ difference }) => difference))).toBeGreaterThan(1e-4);
      other.dispose();
    }
  });

  it('teach nothing where nothing counts', () => {
    const batch = rimmed(4);
    const step = open();
    const before = step.optimizer();
    const loss = step.run({ ...batch, masks: batch.masks.map(() => 2) }, 1e-3);
    expect(loss).toBeCloseTo(0, 6);
    const moved = step.optimizer().filter(({ name }) => name.endsWith('/m'));
    expect(moved.every(({ data }) => data.every((value) => Math.abs(value) < 1e-12))).toBe(true);
    expect(before.length).toBe(step.optimizer().length);
    step.dispose();
  });
});

it('the compiled step computes the loss and the gradients of the tape', () => {
  const [compiled, tape] = [new CompiledStep(order), new TapeStep(order, 'cpu')];
  const batch = rimmed(1);
  expect(compiled.run(batch, 1e-3)).toBeCloseTo(tape.run(batch, 1e-3), 5);
  // Adam's first moment is a tenth of the gradient after one step.
  const effective = effectiveWeights(layers);
  const moments = [compiled, tape].map((step) =>
    step.optimizer().filter(({ name }) => name.endsWith('/m') && effective({ name: name.slice(0, -2) })),
  );
  const differences = relativeDifferences(moments[0] ?? [], moments[1] ?? [], 1e-4);
  expect(differences.length).toBeGreaterThan(10);
  expect(Math.max(...differences.map(({ difference }) => difference))).toBeLessThan(1e-2);
  compiled.dispose();
  tape.dispose();
});

it('the loss is that of the pixels that count, by its definition, and its gradient is 0 under the others', () => {
  const batch = rimmed(5);
  const logits = Float32Array.from(
    { length: batch.masks.length * 2 },
    (_, index) => Math.sin(index * 1.7) * 2,
  );
  const probabilities = Float32Array.from(batch.masks, (_, pixel) => {
    return 1 / (1 + Math.exp((logits[2 * pixel] ?? 0) - (logits[2 * pixel + 1] ?? 0)));
  });
  const { value, grad } = tidy(() => {
    const masks = tensor3d(batch.masks, [2, SIDE, SIDE], 'int32');
    const loss = valueAndGrad((x: Tensor4D) => segmentationLoss(x, masks, { foregroundWeight: 2 }));
    const result = loss(tensor4d(logits, [2, SIDE, SIDE, 2]));
    return { value: result.value.dataSync()[0] ?? NaN, grad: Float32Array.from(result.grad.dataSync()) };
  });
  expect(value).toBeCloseTo(lossOf(probabilities, batch, 2), 5);
  batch.masks.forEach((mark, pixel) => {
    if (mark === 2) expect(Math.abs(grad[2 * pixel] ?? NaN) + Math.abs(grad[2 * pixel + 1] ?? NaN)).toBe(0);
  });
});
