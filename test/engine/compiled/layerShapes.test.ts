import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { NamedTensor } from '#common/training/training.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { stepAddon } from '../../../src-main/engine/compiled/stepAddon.ts';
import type { LocalTrainingStep } from '../../../src-main/engine/trainingStep.ts';
import { TapeStep } from '../../../src-main/engine/tape/tapeStep.ts';
import { largestDifference, relativeDifferences } from './largestDifference.ts';
import { LAYER_SHAPES, layersAround } from './layerShapes.ts';
import { randomBatch } from './randomBatch.ts';
import { stepOrder } from './stepOrder.ts';

describe.each(LAYER_SHAPES)('a convolution, $name,', (shape) => {
  const { image, batch: size = 1, stride = 1 } = shape;
  const order = stepOrder(layersAround(shape), { foregroundWeight: 2, seed: 4 });
  const batch = randomBatch(size, image[0] * stride, image[1] * stride, 3);

  function results(step: LocalTrainingStep): { probabilities: Float32Array; gradients: NamedTensor[] } {
    const probabilities = step.predict(batch.images, size, batch.height, batch.width);
    step.run(batch, 0);
    // After one step Adam's first moment is a tenth of the gradient.
    const gradients = step.optimizer().filter(({ name }) => name.endsWith('/m'));
    step.dispose();
    return { probabilities, gradients };
  }
  const expected = results(new TapeStep(order, 'cpu'));

  it.each(stepAddon().instructionSets())('agrees with its definition in both directions on %s', (set) => {
    const actual = results(new CompiledStep(order, set));
    expect(largestDifference(actual.probabilities, expected.probabilities)).toBeLessThan(1e-6);
    const differences = relativeDifferences(actual.gradients, expected.gradients, 1e-5);
    expect(differences).toHaveLength(6);
    for (const { name, difference } of differences) expect.soft(difference, name).toBeLessThan(1e-5);
  });
});
