import { beforeAll, describe, expect, it } from 'vitest';
import { canMount } from './canMount.ts';
import { cutRecorded } from './cutRecorded.ts';
import { cutLoopDevice } from './loopDevice.ts';
import { canRecord, recordWorkload, type RecordedCall } from './recordedCalls.ts';

/** Of commits, files, new folders, a migration and its backup. */
const STEPS = 3;

describe.runIf(canMount())('a power cut on a file system of its own', () => {
  it('loses nothing that was reported as done', async () => {
    const cuts = await cutLoopDevice(STEPS);
    expect(cuts).toHaveLength(3 * STEPS + 3);
    expect(cuts.filter(({ lost }) => lost.length > 0)).toEqual([]);
  }, 60_000);
});

describe.runIf(canRecord())('a power cut of a disk that keeps only what it was asked to keep', () => {
  let calls: RecordedCall[];
  beforeAll(async () => {
    calls = await recordWorkload(1);
  }, 60_000);
  const lost = (options: Parameters<typeof cutRecorded>[1]): number =>
    cutRecorded(calls, options).filter((cut) => cut.lost.length > 0).length;

  it('loses nothing that was reported as done, at any moment', () => {
    const cuts = cutRecorded(calls, { between: 8, seed: 20_261_127 });
    expect(cuts.length).toBeGreaterThan(20);
    expect(cuts.filter((cut) => cut.lost.length > 0)).toEqual([]);
  }, 60_000);

  it.each(['folders', 'files'] as const)(
    'would lose much without a flush of %s',
    (ignored) => {
      expect(lost({ between: 0, seed: 1, ignored })).toBeGreaterThan(3);
    },
    60_000,
  );
});
