import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { TapeStep } from '../../../src-main/engine/tape/tapeStep.ts';
import { effectiveWeights } from './effectiveWeights.ts';
import { relativeDifferences, largestDifference } from './largestDifference.ts';
import { randomBatch } from './randomBatch.ts';
import { smallUnet } from './smallUnet.ts';
import { stepOrder } from './stepOrder.ts';

interface Case {
  readonly name: string;
  readonly layers: readonly LayerDescription[];
  readonly side: number;
  readonly channels: number;
}

const CASES: Case[] = [
  { name: 'a U-Net of 2 filters', layers: smallUnet({ widths: [2, 4, 8] }), side: 16, channels: 3 },
  {
    name: 'odd numbers of filters',
    layers: smallUnet({ widths: [3, 5], channels: 1 }),
    side: 16,
    channels: 1,
  },
  {
    name: 'CUMedVision of 1 filter',
    layers: describeNetwork({ family: 'cumedvision', width: 1, channels: 1, classes: 2, factor: 1 }),
    side: 32,
    channels: 1,
  },
];

/** First moment, a tenth of the gradient, below which there is nothing but rounding. */
const IDLE = 1e-7;

describe.each(CASES)('the compiled step of $name', ({ layers, side, channels }) => {
  it('computes the loss, the gradients, the updated weights and the moving averages of the tape', () => {
    const order = stepOrder(layers, { foregroundWeight: 2, seed: 5 });
    const compiled = new CompiledStep(order);
    const tape = new TapeStep(order, 'cpu');
    const effective = effectiveWeights(layers);
    // Behind a single filter a gamma has no gradient but rounding, of some 1e-8, of which Adam makes a whole step.
    const idle = new Set<string>();
    const keep = (weight: { name: string }): boolean => effective(weight) && !idle.has(weight.name);
    for (let step = 1; step <= 10; step++) {
      const batch = randomBatch(2, side, side, channels, step);
      const [loss, expected] = [compiled.run(batch, 1e-3), tape.run(batch, 1e-3)];
      expect(loss).toBeCloseTo(expected, step === 1 ? 5 : 3);
      if (step === 1) {
        // Adam's first step hides the gradients' size; its first moment is a tenth of them.
        const moment = ({ name }: { name: string }) =>
          name.endsWith('/m') && keep({ name: name.slice(0, -2) });
        const moments = [compiled, tape].map((either) => either.optimizer().filter(moment));
        for (const { name, data } of moments[1] ?? [])
          if (data.every((value) => Math.abs(value) < IDLE)) idle.add(name.slice(0, -2));
        expect(idle.size).toBeLessThan(4);
        const differences = relativeDifferences(moments[0] ?? [], moments[1] ?? [], 1e-4);
        expect(differences.length).toBeGreaterThan(20);
        expect(differences.filter(({ difference }) => difference > 1e-2)).toEqual([]);
      }
      if (step !== 1 && step !== 10) continue;
      const differences = relativeDifferences(
        compiled.weights().filter(keep),
        tape.weights().filter(keep),
        0.1,
      );
      // Half a learning rate: where a gradient is nearly zero, rounding decides Adam's step.
      const tolerance = step === 1 ? 5e-4 : 5e-3;
      expect(differences.filter(({ difference }) => difference > tolerance)).toEqual([]);
    }
    const { images } = randomBatch(3, side, side, channels, 99);
    const probabilities = compiled.predict(images, 3, side, side);
    tape.setWeights(compiled.weights());
    expect(largestDifference(probabilities, tape.predict(images, 3, side, side))).toBeLessThan(1e-5);
    compiled.dispose();
    tape.dispose();
  });
});
