import { expect, it } from 'vitest';
import { CompiledStep } from '../../src-main/engine/compiled/compiledStep.ts';
import { randomBatch } from './compiled/randomBatch.ts';
import { smallUnet } from './compiled/smallUnet.ts';
import { stepOrder } from './compiled/stepOrder.ts';
import { usedMemory } from './usedMemory.ts';

const SIDE = 32;
const ORDER = stepOrder(smallUnet({ widths: [2, 3], channels: 1 }));
/** MiB that may come and go in a quarter. */
const SLACK = 2;

it('the compiled step holds no more memory after 1,000 further steps', () => {
  const step = new CompiledStep(ORDER);
  const repeat = (count: number) => {
    for (let i = 0; i < count; i++) {
      const batch = randomBatch(2, SIDE, SIDE, 1, i % 8);
      step.run(batch, 1e-3);
      if (i % 10 === 0) step.predict(batch.images, 2, SIDE, SIDE);
    }
    return usedMemory();
  };
  const used = [repeat(200), repeat(250), repeat(250), repeat(250), repeat(250)];
  // One feature map of 16 KiB left behind by every step would be 4 MiB in each quarter; what the runtime takes, it takes once.
  const least = (of: 'held' | 'resident') =>
    Math.min(...used.slice(1).map((now, i) => now[of] - (used[i]?.[of] ?? NaN)));
  expect(least('held')).toBeLessThan(SLACK);
  expect(least('resident')).toBeLessThan(SLACK);
  step.dispose();
});

it('the arena of the compiled step is made once', () => {
  const step = new CompiledStep(ORDER);
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
