import { describe, expect, it } from 'vitest';
import type { DrawnMask, TestSource, WorkingSample } from '#common/dataset/dataset.ts';
import { CancelledError } from '#common/errors.ts';
import { resampleRows } from '../../src-main/dataset/working/resampleRows.ts';
import { resizeMask } from '../../src-main/dataset/working/resizeMask.ts';
import { countPixels, dice } from '../../src-main/training/scoreImages.ts';
import { countDrawn, testNetwork } from '../../src-main/training/testNetwork.ts';

const WORKING = { width: 64, height: 48 };

function draw(width: number, height: number, inside: (x: number, y: number) => boolean): DrawnMask {
  const foreground = Uint8Array.from({ length: width * height }, (_, i) =>
    inside(((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height) ? 1 : 0,
  );
  return { width, height, foreground };
}

const disc = (x: number, y: number): boolean => Math.hypot((x - 0.4) * 4, (y - 0.5) * 3) < 1;
const threads = (x: number, y: number): boolean => Math.abs(Math.sin(40 * (x + 0.37 * y))) < 0.12;

/** Samples whose image is their mask: a predictor that hands the image back finds the mask at the working resolution. */
function source(masks: readonly DrawnMask[]): TestSource {
  const sample = (drawn: DrawnMask): WorkingSample => {
    const mask = resizeMask(drawn.foreground, drawn, WORKING);
    return { name: 'a', ...WORKING, channels: 1, image: Float32Array.from(mask), mask };
  };
  const loadDrawn: TestSource['loadDrawn'] = (index) => {
    const drawn = masks[index] as DrawnMask;
    return Promise.resolve({ sample: sample(drawn), drawn });
  };
  return {
    length: masks.length,
    channels: 1,
    loadDrawn,
    load: async (index) => (await loadDrawn(index)).sample,
  };
}

/** Standardised intensities above 0 are those of the mask. */
const seesTheMask = {
  predict: (images: Float32Array) => Promise.resolve(images.map((value) => (value > 0 ? 1 : 0))),
};

describe('the accuracy of a network', () => {
  it('is measured against the masks as they were drawn, and at the working resolution beside it', async () => {
    const accuracy = await testNetwork(seesTheMask, source([draw(400, 300, threads), draw(640, 480, disc)]));
    expect(accuracy.working).toEqual({ dice: 1, iou: 1 });
    const [thin, blob] = accuracy.perImage;
    expect(blob?.dice).toBeGreaterThan(0.97);
    // Structures that the network sees too coarsely are not found as they were drawn, however well it learns.
    expect(thin?.dice).toBeLessThan(0.9);
    expect(accuracy.dice).toBeCloseTo(((thin?.dice ?? 0) + (blob?.dice ?? 0)) / 2, 12);
  });

  it('is the same at both resolutions where they are the same', async () => {
    const { dice: own, iou, working } = await testNetwork(seesTheMask, source([draw(64, 48, disc)]));
    expect({ dice: own, iou }).toEqual(working);
  });

  it('is measured on images smaller than the working resolution too', async () => {
    const accuracy = await testNetwork(seesTheMask, source([draw(32, 24, disc)]));
    expect(accuracy.dice).toBeGreaterThan(0.97);
  });

  it('tells how far it is, and ends when it is cancelled', async () => {
    const stop = new AbortController();
    const done: number[] = [];
    const running = testNetwork(seesTheMask, source([1, 2, 3].map(() => draw(80, 60, disc))), {
      signal: stop.signal,
      onProgress: (progress) => {
        done.push(progress.done);
        stop.abort();
      },
    });
    await expect(running).rejects.toThrow(CancelledError);
    expect(done).toEqual([1]);
  });
});

describe('the pixels of one image at its own size', () => {
  it('are counted as if the whole map were enlarged smoothly and cut at one half', () => {
    const drawn = draw(150, 110, disc);
    const mask = resizeMask(drawn.foreground, drawn, WORKING);
    const probabilities = Float32Array.from(mask, (value, i) => (value ? 0.9 : 0.2 - (i % 7) / 100));
    const enlarged = new Uint8Array(150 * 110);
    resampleRows(probabilities, WORKING, drawn, (row, y, unit) => {
      row.forEach((value, x) => (enlarged[y * 150 + x] = value / unit > 0.5 ? 1 : 0));
    });
    const counts = countDrawn('a', probabilities, WORKING, drawn);
    const expected = countPixels('a', Float32Array.from(enlarged), drawn.foreground);
    expect(counts).toEqual(expected);
    expect(dice(counts)).toBeGreaterThan(0.97);
  });

  it('do not count where the mask says so', () => {
    const size = { width: 3, height: 1 };
    const drawn = { ...size, foreground: Uint8Array.from([1, 2, 2]) };
    const counts = countDrawn('a', Float32Array.from([0.9, 0.9, 0.1]), size, drawn);
    expect(counts).toEqual({ name: 'a', both: 1, predictedOnly: 0, referenceOnly: 0 });
  });

  it('are those of the map itself where nothing is to be enlarged', () => {
    const drawn = draw(64, 48, disc);
    const probabilities = Float32Array.from({ length: 64 * 48 }, (_, i) => ((i * 37) % 101) / 100);
    expect(countDrawn('a', probabilities, WORKING, drawn)).toEqual(
      countPixels('a', probabilities, drawn.foreground),
    );
  });
});
