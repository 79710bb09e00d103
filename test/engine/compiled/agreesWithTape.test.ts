import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileStep } from '../../../src-main/engine/compiled/compileStep.ts';
import { buildNetwork } from '../../../src-main/network/buildNetwork.ts';
import { TapeStep } from '../../../src-main/training/tapeStep.ts';
import { effectiveWeights } from './effectiveWeights.ts';
import { relativeDifferences, largestDifference } from './largestDifference.ts';
import { randomBatch } from './randomBatch.ts';
import { smallUnet } from './smallUnet.ts';

const cumedvision = () =>
  buildNetwork({ family: 'cumedvision', width: 1, channels: 1, classes: 2, factor: 1 }, 5);

interface Case {
  readonly name: string;
  readonly make: () => LayersModel;
  readonly side: number;
  readonly channels: number;
}

const CASES: Case[] = [
  { name: 'a U-Net of 2 filters', make: () => smallUnet({ widths: [2, 4, 8] }), side: 16, channels: 3 },
  {
    name: 'odd numbers of filters',
    make: () => smallUnet({ widths: [3, 5], channels: 1 }),
    side: 16,
    channels: 1,
  },
  { name: 'CUMedVision of 1 filter', make: cumedvision, side: 32, channels: 1 },
];

describe.each(CASES)('the compiled step of $name', ({ make, side, channels }) => {
  beforeAll(() => setBackend('cpu'));

  it('computes the loss, the gradients, the updated weights and the moving averages of the tape', () => {
    const model = make();
    const compiled = compileStep(model, { foregroundWeight: 2 });
    const tape = new TapeStep(model, { foregroundWeight: 2 });
    for (let step = 1; step <= 10; step++) {
      const batch = randomBatch(2, side, side, channels, step);
      const [loss, expected] = [compiled.run(batch, 1e-3), tape.run(batch, 1e-3)];
      expect(loss).toBeCloseTo(expected, step === 1 ? 5 : 3);
      if (step === 1) {
        // Adam's first step hides the gradients' size; its first moment is a tenth of them.
        const moment = ({ name }: { name: string }) =>
          name.endsWith('/m') && effectiveWeights(model)({ name: name.slice(0, -2) });
        const moments = [compiled, tape].map((either) => either.optimizer().filter(moment));
        const differences = relativeDifferences(moments[0] ?? [], moments[1] ?? [], 1e-5);
        expect(differences.length).toBeGreaterThan(20);
        expect(differences.filter(({ difference }) => difference > 1e-2)).toEqual([]);
      }
      if (step !== 1 && step !== 10) continue;
      const keep = effectiveWeights(model);
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
    model.dispose();
  });
});
