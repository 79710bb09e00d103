import { describe, expect, it } from 'vitest';
import { MOST_HELD_BYTES, type SampleHolder } from '../../src-main/engine/trainingStep.ts';
import { HeldSamples } from '../../src-main/training/heldSamples.ts';
import type { PreparedSample } from '../../src-main/training/sampleCache.ts';

function recording() {
  const sent: number[] = [];
  const holder: SampleHolder = {
    hold: (index) => {
      sent.push(index);
    },
    runCrops: () => 0,
  };
  return { sent, held: new HeldSamples(holder) };
}

const sample = (pixels: number, more: Partial<PreparedSample> = {}): PreparedSample => ({
  ...{ name: 'a', width: pixels, height: 1, channels: 1 },
  image: new Float32Array(pixels),
  mask: new Uint8Array(pixels),
  ...more,
});

describe('samples that a device holds', () => {
  it('are sent once', async () => {
    const { sent, held } = recording();
    expect(
      await held.holds([
        [3, sample(8)],
        [5, sample(8)],
      ]),
    ).toBe(true);
    expect(
      await held.holds([
        [5, sample(8)],
        [3, sample(8)],
      ]),
    ).toBe(true);
    expect(sent).toEqual([3, 5]);
  });

  it('are no more than it has room for; the processor cuts the others', async () => {
    const { sent, held } = recording();
    const half = sample(MOST_HELD_BYTES / 8);
    expect(await held.holds([[0, half]])).toBe(true);
    expect(
      await held.holds([
        [0, half],
        [1, half],
      ]),
    ).toBe(false);
    expect(await held.holds([[0, half]])).toBe(true);
    expect(sent).toEqual([0]);
  });

  it('are none whose marks a teacher has a part in', async () => {
    const { sent, held } = recording();
    expect(await held.holds([[0, sample(8, { teacher: new Uint8Array(8) })]])).toBe(false);
    expect(sent).toEqual([]);
  });
});
