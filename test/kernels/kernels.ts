import { loadAddon } from '../../native/loadAddon.ts';
import type { ConvolutionKernels, InstructionSet } from '../../native/tensor/convolutionKernels.ts';

export const kernels = loadAddon<ConvolutionKernels>();

/** Reproducible values in [-1, 1). */
export function randomFloats(length: number, seed = 1): Float32Array {
  let state = (seed * 2654435761) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Largest absolute difference; infinite where one is NaN or infinite and the other is not the same. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const a = actual[i] ?? NaN;
    const b = expected[i] ?? NaN;
    if (Object.is(a, b)) continue;
    const difference = Math.abs(a - b);
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  }
  return largest;
}

/** Runs `body` with another instruction set or number of threads, then restores what was. */
export function withSettings<Result>(
  settings: { set?: InstructionSet; threads?: number },
  body: () => Result,
): Result {
  const before = { set: kernels.instructionSet(), threads: kernels.threadCount() };
  try {
    if (settings.set !== undefined) kernels.setInstructionSet(settings.set);
    if (settings.threads !== undefined) kernels.setThreadCount(settings.threads);
    return body();
  } finally {
    kernels.setInstructionSet(before.set);
    kernels.setThreadCount(before.threads);
  }
}

/** A buffer whose every element must be written: a kernel that leaves one untouched leaves a NaN. */
export function unwritten(length: number): Float32Array {
  return new Float32Array(length).fill(NaN);
}
