import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NamedTensor } from '#common/training/training.ts';
import { runCaseStep } from './runCaseStep.ts';
import { startWeights } from './startWeights.ts';
import { COMPILED_KINDS, TAPE_KIND } from './stepKinds.ts';
import { distance, type StoredTensor } from './storedTensor.ts';
import { GRADIENT_CASES } from './vectorCases.ts';

interface Expected {
  readonly name: string;
  readonly losses: readonly number[];
  readonly gradients: readonly StoredTensor[];
  /** How far the weights and moving averages moved in all steps. */
  readonly moves: readonly StoredTensor[];
}

const file = join(import.meta.dirname, 'torch_gradients.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Expected[] };

/** Largest relative differences; 1.2e-4 and 1.3e-3 were measured, and 2.4e-2 where a ReLU tipped over. */
const TOLERANCE = { loss: 1e-5, gradient: 1e-3, move: 5e-2 };

describe.each(GRADIENT_CASES)('$name', (options) => {
  const expected = cases.find(({ name }) => name === options.name);
  if (!expected) throw new Error(`${file} has no ${options.name}: run make_torch_vectors.py.`);
  // The bias before a batch norm has no gradient. The tape moves it, and the mean behind it, by rounding errors.
  const cancelled = new Set(
    expected.gradients
      .filter(({ norm }) => norm < 1e-10)
      .flatMap(({ name }) => [name, name.replace(/\/bias$/, '_norm/moving_mean')]),
  );

  // In plain JavaScript the wide U-Net takes the tape a minute, and has no layer that the others have not.
  it.each([...COMPILED_KINDS, ...(options.name === 'U-Net of width 8' ? [] : [TAPE_KIND])])(
    'has the losses, gradients, updated weights and moving averages of PyTorch in the $kind',
    ({ make }) => {
      const step = make(options);
      const compared = ({ name }: StoredTensor) => step.implementation === 'compiled' || !cancelled.has(name);
      const far = (
        actual: readonly NamedTensor[],
        stored: readonly StoredTensor[],
        floor: number,
        limit: number,
      ) => {
        const byName = new Map(actual.map(({ name, data }) => [name, data]));
        return stored
          .filter(compared)
          .map((tensor) => ({
            name: tensor.name,
            distance: distance(byName.get(tensor.name) ?? new Float32Array(), tensor, floor),
          }))
          .filter((entry) => !(entry.distance <= limit));
      };

      expect(Math.abs(runCaseStep(step, 1, options) - (expected.losses[0] ?? NaN))).toBeLessThan(
        TOLERANCE.loss,
      );
      expect(far(firstGradients(step.optimizer()), expected.gradients, 1e-4, TOLERANCE.gradient)).toEqual([]);
      for (let number = 2; number <= options.steps; number++) {
        const difference = runCaseStep(step, number, options) - (expected.losses[number - 1] ?? NaN);
        expect(Math.abs(difference)).toBeLessThan(TOLERANCE.loss);
      }
      const start = new Map(startWeights(options.layers).map(({ name, data }) => [name, data]));
      const moves = step.weights().map(({ name, shape, data }) => ({
        name,
        shape,
        data: data.map((value, i) => value - (start.get(name)?.[i] ?? NaN)),
      }));
      expect(moves).toHaveLength(expected.moves.length);
      expect(far(moves, expected.moves, 1e-5, TOLERANCE.move)).toEqual([]);
      step.dispose();
    },
  );
});

/** After one step Adam's first moment is a tenth of the gradient. */
function firstGradients(optimizer: readonly NamedTensor[]): NamedTensor[] {
  return optimizer
    .filter(({ name }) => name.endsWith('/m'))
    .map(({ name, shape, data }) => ({ name: name.slice(0, -2), shape, data: data.map((m) => m * 10) }));
}
