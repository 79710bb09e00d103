import { afterEach, describe, expect, it } from 'vitest';
import type { InstructionSet } from '../../native/tensor/convolutionKernels.ts';
import { kernels } from './kernels.ts';

describe('The choice of instruction set', () => {
  const best = kernels.instructionSet();
  afterEach(() => {
    kernels.setInstructionSet(best);
  });

  it('starts with the best one that the processor has', () => {
    expect(best).toBe(kernels.instructionSets().at(-1));
  });

  it('always offers the baseline', () => {
    kernels.setInstructionSet('baseline');
    expect(kernels.instructionSet()).toBe('baseline');
  });

  it('refuses one that the processor lacks and keeps the present one', () => {
    expect(() => kernels.setInstructionSet('avx1024' as InstructionSet)).toThrow(/no 'avx1024'/);
    expect(kernels.instructionSet()).toBe(best);
  });
});
