import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { SampleSource } from '#common/dataset/dataset.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import { ExamplePainter } from '../../src-main/jobs/training/examplePainter.ts';
import type { SegmentedImage } from '../../src-main/training/evaluate.ts';

const WIDTH = 40;
const HEIGHT = 20;
const PIXELS = WIDTH * HEIGHT;
/** Columns 0 to 19 are foreground. */
const mask = Uint8Array.from({ length: PIXELS }, (_, i) => (i % WIDTH < 20 ? 1 : 0));
const size = { name: 'plate-7', width: WIDTH, height: HEIGHT, channels: 1 as const };

function source(): SampleSource & { loads: number } {
  const counting = {
    length: 1,
    channels: 1 as const,
    loads: 0,
    load: () => {
      counting.loads += 1;
      return Promise.resolve({ ...size, image: new Float32Array(PIXELS).fill(0.5), mask });
    },
  };
  return counting;
}

/** A prediction that marks columns from `first` on. */
function segmented(first: number): SegmentedImage {
  const probabilities = Float32Array.from({ length: PIXELS }, (_, i) => (i % WIDTH >= first ? 1 : 0));
  return {
    index: 0,
    sample: { ...size, image: new Float32Array(PIXELS), mask },
    probabilities,
    counts: { name: size.name, both: 3, predictedOnly: 1, referenceOnly: 1 },
  };
}

async function pixelsOf(overlay: string) {
  const bytes = Buffer.from(overlay.replace('data:image/webp;base64,', ''), 'base64');
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number[] => [...data.subarray((y * info.width + x) * 3).subarray(0, 3)];
  return { info, at };
}

describe('ExamplePainter', () => {
  it('draws both outlines on the image, with its name and Dice, at most 256 pixels a side', async () => {
    const shown: LiveExamples[] = [];
    const painter = new ExamplePainter(source(), (examples) => void shown.push(examples));
    await painter.listen(3, [segmented(30)]);
    await painter.settled();
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ epoch: 3, images: [{ name: 'plate-7', dice: 0.75 }] });
    const { info, at } = await pixelsOf(shown[0]?.images[0]?.overlay ?? '');
    expect([info.width, info.height]).toEqual([256, 128]);
    const [found, inside, blank] = [at(192, 64), at(60, 64), at(160, 64)];
    expect(found[0]).toBeGreaterThan((found[2] ?? 0) + 60);
    expect(Math.abs((inside[0] ?? 0) - (inside[2] ?? 0))).toBeLessThan(20);
    expect(Math.abs((blank[0] ?? 0) - (blank[2] ?? 0))).toBeLessThan(20);
  });

  it('leaves out epochs that end while another is drawn, and reads each image once', async () => {
    const epochs: number[] = [];
    const images = source();
    const painter = new ExamplePainter(images, ({ epoch }) => void epochs.push(epoch));
    for (const epoch of [1, 2, 3]) await painter.listen(epoch, [segmented(10)]);
    await painter.settled();
    expect(epochs).toEqual([1]);
    expect(images.loads).toBe(1);
  });

  it('keeps still about an image that cannot be read, which ends the training by itself', async () => {
    const broken: SampleSource = { ...source(), load: () => Promise.reject(new Error('gone')) };
    const shown: LiveExamples[] = [];
    const painter = new ExamplePainter(broken, (examples) => void shown.push(examples));
    await painter.listen(1, [segmented(10)]);
    await expect(painter.settled()).resolves.toBeUndefined();
    expect(shown).toEqual([]);
  });
});
