import { describe, expect, it } from 'vitest';
import { canMount } from './canMount.ts';
import { cutLoopDevice } from './loopDevice.ts';

/** Of commits, files, new folders, a migration and its backup. */
const STEPS = 3;

describe.runIf(canMount())('a power cut on a file system of its own', () => {
  it('loses nothing that was reported as done', async () => {
    const cuts = await cutLoopDevice(STEPS);
    expect(cuts).toHaveLength(3 * STEPS + 3);
    expect(cuts.filter(({ lost }) => lost.length > 0)).toEqual([]);
  }, 60_000);
});
