import '@tensorflow/tfjs-backend-cpu';
import { setBackend, tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { layersModel } from '../../../src-main/engine/tape/layersModel.ts';
import { TapeStep } from '../../../src-main/engine/tape/tapeStep.ts';
import { convolutionChain } from './convolutionChain.ts';
import { relativeDifferences } from './largestDifference.ts';
import { randomBatch } from './randomBatch.ts';
import { stepOrder } from './stepOrder.ts';

// TensorFlow.js `cpu` sums in 64 bits, so what it gives is the reference for rounding errors.
beforeAll(() => setBackend('cpu'));

const SIZES = [
  { height: 16, width: 16 },
  { height: 13, width: 10 },
  { height: 6, width: 35 },
  { height: 37, width: 3 },
];

it.each(SIZES)(
  'a chain of Winograd convolutions of $height x $width pixels rounds like a direct sum',
  ({ height, width }) => {
    const order = stepOrder(convolutionChain(16, [32, 48, 17]), { foregroundWeight: 2 });
    const model = layersModel(order.layers, order.weights, { name: 'chain' });
    const step = new CompiledStep(order);
    const batch = randomBatch(2, height, width, 16);
    const predicted = step.predict(batch.images, 2, height, width);
    const images = tensor4d(batch.images, [2, height, width, 16]);
    const logits = (model.predict(images) as Tensor).dataSync();
    let squares = 0;
    let errors = 0;
    for (const [i, p] of predicted.entries()) {
      const exact = (logits[2 * i + 1] ?? NaN) - (logits[2 * i] ?? NaN);
      squares += exact ** 2;
      errors += (Math.log(p / (1 - p)) - exact) ** 2;
    }
    expect(Math.sqrt(errors / squares)).toBeLessThan(2e-6);

    const tape = new TapeStep(order, 'cpu');
    step.run(batch, 1e-3);
    tape.run(batch, 1e-3);
    const [moments, expected] = [step, tape].map((either) =>
      either.optimizer().filter(({ name }) => name.endsWith('kernel/m')),
    );
    const differences = relativeDifferences(moments ?? [], expected ?? [], 1e-6);
    expect(differences).toHaveLength(4);
    for (const { difference } of differences) expect(difference).toBeLessThan(1.5e-6);
    step.dispose();
    tape.dispose();
    model.dispose();
    images.dispose();
  },
);
