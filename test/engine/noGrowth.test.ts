import { memory, setBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { compileStep } from '../../src-main/engine/compiled/compileStep.ts';
import { registerNativeBackend } from '../../src-main/engine/native/registerNativeBackend.ts';
import type { LocalTrainingStep } from '../../src-main/engine/trainingStep.ts';
import { TapeStep } from '../../src-main/training/tapeStep.ts';
import { randomBatch } from './compiled/randomBatch.ts';
import { smallUnet } from './compiled/smallUnet.ts';
import { usedMemory } from './usedMemory.ts';

const SIDE = 32;
const LOSS = { foregroundWeight: 1 };

beforeAll(async () => {
  registerNativeBackend();
  await setBackend('native');
});

interface Case {
  readonly kind: string;
  readonly make: (model: LayersModel) => LocalTrainingStep;
  /** Resident MiB that may come and go. */
  readonly slack: number;
}

it.each<Case>([
  { kind: 'compiled step', make: (model) => compileStep(model, LOSS), slack: 2 },
  // V8 compiles code and fragments its heap while the tape makes and drops thousands of objects: 18 to 25 MiB were seen.
  { kind: 'tape', make: (model) => new TapeStep(model, LOSS), slack: 16 },
])('the $kind holds no more tensors and no more memory after 1,000 further steps', ({ make, slack }) => {
  const step = make(smallUnet({ widths: [2, 3], channels: 1 }));
  const repeat = (count: number) => {
    for (let i = 0; i < count; i++) {
      const batch = randomBatch(2, SIDE, SIDE, 1, i % 8);
      step.run(batch, 1e-3);
      if (i % 10 === 0) step.predict(batch.images, 2, SIDE, SIDE);
    }
    return { tensors: memory().numTensors, ...usedMemory() };
  };
  const used = [repeat(200), repeat(250), repeat(250), repeat(250), repeat(250)];
  expect(new Set(used.map(({ tensors }) => tensors)).size).toBe(1);
  // One feature map of 16 KiB left behind by every step would be 4 MiB in each quarter; what the runtime takes, it takes once.
  const least = (of: 'held' | 'resident') =>
    Math.min(...used.slice(1).map((now, i) => now[of] - (used[i]?.[of] ?? NaN)));
  expect(least('held')).toBeLessThan(2);
  expect(least('resident')).toBeLessThan(slack);
  step.dispose();
});

it('the arena of the compiled step is made once', () => {
  const step = compileStep(smallUnet({ widths: [2, 3], channels: 1 }), LOSS);
  const arena = () => {
    const batch = randomBatch(2, SIDE, SIDE, 1);
    step.run(batch, 1e-3);
    step.predict(batch.images, 2, SIDE, SIDE);
    return step.arenaBytes;
  };
  expect(arena()).toBeGreaterThan(0);
  expect(arena()).toBe(arena());
  step.dispose();
});
