import { describe, expect, it } from 'vitest';
import type { SampleHolder } from '../../src-main/engine/trainingStep.ts';
import { HeldSamples } from '../../src-main/training/heldSamples.ts';
import type { PreparedSample } from '../../src-main/training/sampleCache.ts';

/** A device with room for so many pixels, and what it was asked to hold. */
function holding(pixels: number) {
  const asked: number[] = [];
  let room = pixels;
  const holder: SampleHolder = {
    hold: (index, { image }) => {
      asked.push(index);
      if (image.length > room) return false;
      room -= image.length;
      return true;
    },
    runCrops: () => 0,
  };
  return { asked, held: new HeldSamples(holder) };
}

const sample = (pixels: number): PreparedSample => ({
  ...{ name: 'a', width: pixels, height: 1, channels: 1 },
  image: new Float32Array(pixels),
  mask: new Uint8Array(pixels),
});

describe('samples that a device holds', () => {
  it('are sent once', async () => {
    const { asked, held } = holding(100);
    const batch = [
      [3, sample(8)],
      [5, sample(8)],
    ] as const;
    expect(await held.holds(batch)).toBe(true);
    expect(await held.holds(batch.toReversed())).toBe(true);
    expect(asked).toEqual([3, 5]);
    expect(held.full).toBeNull();
  });

  it('are no more than it has room for; one that it refused is not sent again', async () => {
    const { asked, held } = holding(10);
    expect(await held.holds([[0, sample(6)]])).toBe(true);
    const both = [
      [0, sample(6)],
      [1, sample(6)],
    ] as const;
    expect(await held.holds(both)).toBe(false);
    expect(await held.holds(both)).toBe(false);
    expect(await held.holds([[0, sample(6)]])).toBe(true);
    // A smaller one may still fit.
    expect(await held.holds([[2, sample(4)]])).toBe(true);
    expect(asked).toEqual([0, 1, 2]);
    expect(held.full).toBe(2);
  });
});
