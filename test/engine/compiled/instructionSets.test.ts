import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import type { InstructionSet } from '../../../src-main/engine/compiled/stepAddon.ts';
import { TapeStep } from '../../../src-main/engine/tape/tapeStep.ts';
import { convolutionChain } from './convolutionChain.ts';
import { relativeDifferences } from './largestDifference.ts';
import { randomBatch } from './randomBatch.ts';
import { smallUnet } from './smallUnet.ts';
import { stepOrder } from './stepOrder.ts';

const orderOf = (layers: readonly LayerDescription[]) => stepOrder(layers, { foregroundWeight: 2 });

/** A step with the instruction set, or undefined when the processor lacks it. */
function compileFor(instructionSet: InstructionSet, layers: readonly LayerDescription[]) {
  try {
    return new CompiledStep(orderOf(layers), instructionSet);
  } catch (error) {
    expect(String(error)).toContain(`does not have the instruction set ${instructionSet}`);
    return undefined;
  }
}

describe.each(['baseline', 'avx2', 'avx512'] as const)(
  '%s, where the processor has it,',
  (instructionSet) => {
    it('gives the gradients of the tape to rounding, with direct and with Winograd convolutions', () => {
      const layers = convolutionChain();
      const step = compileFor(instructionSet, layers);
      if (!step) return;
      expect(step.instructionSet).toBe(instructionSet);
      const tape = new TapeStep(orderOf(layers), 'cpu');
      const batch = randomBatch(1, 16, 16, 3);
      expect(step.run(batch, 1e-3)).toBeCloseTo(tape.run(batch, 1e-3), 5);
      const [moments, expected] = [step, tape].map((either) =>
        either.optimizer().filter(({ name }) => name.endsWith('/m')),
      );
      const differences = relativeDifferences(moments ?? [], expected ?? [], 1e-6);
      // Sums over all pixels that nearly cancel, such as those of biases, keep fewer digits.
      expect(differences.filter(({ difference }) => difference > 2e-4)).toEqual([]);
      expect(differences).toHaveLength(8);
    });

    // Filter counts with every remainder of the register blocks, planes with every remainder of the vectors.
    it('follows the baseline over some steps of a U-Net', () => {
      const layers = smallUnet({ widths: [6, 7, 17] });
      const step = compileFor(instructionSet, layers);
      const baseline = compileFor('baseline', layers);
      for (let i = 0; i < 3; i++) {
        const batch = randomBatch(3, 48, 80, 3, i + 1);
        const loss = baseline?.run(batch, 1e-3) ?? NaN;
        if (step) expect(step.run(batch, 1e-3)).toBeCloseTo(loss, 3);
      }
    });
  },
);

it('gives the same filter gradients whether tasks share pieces or the whole layer', () => {
  // Wide and small: few pieces. Narrow and large: many. The gradient of a batch is the mean over its repetitions.
  const layers = convolutionChain(3, [16, 18]);
  const [few, many] = [8, 64].map((repeats) => {
    const one = randomBatch(1, 16, 16, 3);
    const repeat = <T extends Float32Array | Uint8Array>(from: T, to: T): T => {
      for (let i = 0; i < repeats; i++) to.set(from, i * from.length);
      return to;
    };
    const images = repeat(one.images, new Float32Array(one.images.length * repeats));
    const masks = repeat(one.masks, new Uint8Array(one.masks.length * repeats));
    const step = new CompiledStep(orderOf(layers));
    step.run({ ...one, size: repeats, images, masks }, 0);
    return step.gradients();
  });
  const differences = relativeDifferences(many ?? [], few ?? [], 1e-6);
  // The Dice term's smoothing constant weighs less in the larger batch.
  expect(differences.filter(({ difference }) => difference > 0.02)).toEqual([]);
});
