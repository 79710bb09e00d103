import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { compileStep } from '../../../src-main/engine/compiled/compileStep.ts';
import { relativeDifferences } from './largestDifference.ts';
import { randomBatch } from './randomBatch.ts';
import { smallUnet } from './smallUnet.ts';

beforeAll(() => setBackend('cpu'));

// Filter counts with every remainder of the register blocks, planes with every remainder of the vectors.
it.each(['avx2', 'avx512'] as const)(
  '%s, where the processor has it, agrees with portable code',
  (instructionSet) => {
    const model = smallUnet({ widths: [6, 7, 13] });
    const loss = { foregroundWeight: 2 };
    let fast;
    try {
      fast = compileStep(model, loss, { instructionSet });
    } catch (error) {
      expect(String(error)).toContain(`does not have the instruction set ${instructionSet}`);
      return;
    }
    const portable = compileStep(model, loss, { instructionSet: 'portable' });
    expect([fast.instructionSet, portable.instructionSet]).toEqual([instructionSet, 'portable']);
    const batch = randomBatch(3, 48, 80, 3);
    expect(fast.run(batch, 1e-3)).toBeCloseTo(portable.run(batch, 1e-3), 5);
    const differences = relativeDifferences(fast.gradients(), portable.gradients(), 1e-4);
    expect(differences.filter(({ difference }) => difference > 1e-3)).toEqual([]);
  },
);
