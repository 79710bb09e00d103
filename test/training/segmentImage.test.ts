import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src-main/training/evaluate.ts';
import { Random } from '#common/random.ts';
import { segmentImage, type Predictor } from '../../src-main/training/segmentImage.ts';
import { tileStarts } from '../../src-main/training/tileLayout.ts';
import { windowOf } from '../../src-main/training/windowOf.ts';
import { discs } from './discs.ts';

const TILES = { wholePixels: 0, tile: 64, overlap: 16 };

function noise(height: number, width: number, channels: 1 | 3) {
  const random = Random.fromSeed(8);
  const image = Float32Array.from({ length: height * width * channels }, () => random.uniform());
  return { height, width, channels, image };
}

/** A network without context: a pixel's probability is its first channel. */
const pointwise = {
  predict: (images: Float32Array, size: number, height: number, width: number) => {
    const channels = images.length / (size * height * width);
    return Float32Array.from({ length: size * height * width }, (_, i) => images[i * channels] ?? 0);
  },
} satisfies Predictor;

describe('segmentImage', () => {
  it.each([
    { height: 150, width: 97, channels: 3 as const },
    { height: 64, width: 64, channels: 1 as const },
    { height: 20, width: 200, channels: 1 as const },
  ])(
    'gives a pointwise network back its image, tiled or whole: $height x $width',
    async ({ height, width, channels }) => {
      const sample = noise(height, width, channels);
      const expected = pointwise.predict(sample.image, 1, height, width);
      for (const tiles of [TILES, { ...TILES, wholePixels: height * width }]) {
        const found = await segmentImage(pointwise, sample, tiles);
        expect(found.length).toBe(expected.length);
        expect(Math.max(...found.map((value, i) => Math.abs(value - (expected[i] ?? 0))))).toBeLessThan(1e-6);
      }
    },
  );

  it('feeds only sizes that every network takes, each tile once', async () => {
    const sizes: string[] = [];
    const spy: Predictor = {
      predict: (images, size, height, width) => {
        sizes.push(`${height}x${width}`);
        return pointwise.predict(images, size, height, width);
      },
    };
    await segmentImage(spy, noise(100, 70, 1), TILES);
    expect(sizes).toEqual(['64x64', '64x64', '64x64', '64x64']);
    sizes.length = 0;
    await segmentImage(spy, noise(100, 70, 1));
    expect(sizes).toEqual(['128x96']);
  });

  it('passes smoothly from one tile to the next', async () => {
    // Tiles that disagree (0 and 1) must meet without a step.
    let calls = 0;
    const rising: Predictor = {
      predict: (_, size, height, width) =>
        new Float32Array(size * height * width).fill(calls++ === 0 ? 0 : 1),
    };
    const row = (await segmentImage(rising, noise(32, 112, 1), TILES)).subarray(0, 112);
    const steps = [...row].slice(1).map((value, i) => value - (row[i] ?? 0));
    expect([row[0], row[111]]).toEqual([0, 1]);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...steps)).toBeLessThan(0.1);
  });
});

describe('tileStarts', () => {
  it('covers every pixel with at least the overlap asked for', () => {
    for (let length = 1; length < 400; length++) {
      const starts = tileStarts(length, 64, 16);
      expect(starts[0]).toBe(0);
      if (length > 64) expect(starts.at(-1)).toBe(length - 64);
      starts.slice(1).forEach((start, i) => expect((starts[i] ?? 0) + 64 - start).toBeGreaterThanOrEqual(16));
    }
  });
});

describe('windowOf', () => {
  it('continues the image by reflection below and to the right', () => {
    const image = Float32Array.of(0, 1, 2, 3, 4, 5);
    const window = windowOf(
      image,
      { height: 2, width: 3, channels: 1 },
      { top: 0, left: 1, height: 3, width: 4 },
    );
    expect([...window]).toEqual([1, 2, 1, 0, 4, 5, 4, 3, 1, 2, 1, 0]);
  });
});

describe('evaluate', () => {
  it('scores every image and hands out its probabilities', async () => {
    const source = discs(3, 32, 4);
    const shares: number[] = [];
    const accuracy = await evaluate(pointwise, source, {
      onImage: ({ probabilities, sample }) => {
        shares.push(
          probabilities.filter((p, i) => p > 0.5 === (sample.mask[i] === 1)).length / probabilities.length,
        );
      },
    });
    expect(accuracy.perImage.map(({ name }) => name)).toEqual(['disc-4000', 'disc-4001', 'disc-4002']);
    // Standardised discs are above one half exactly inside.
    expect(Math.min(...shares)).toBeGreaterThan(0.95);
    expect(accuracy.dice).toBeGreaterThan(0.9);
  });

  it('stops between two images when it is cancelled', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const running = evaluate(pointwise, discs(5, 32, 4), {
      signal: controller.signal,
      onImage: ({ index }) => {
        seen.push(index);
        controller.abort();
      },
    });
    await expect(running).rejects.toThrow('was cancelled');
    expect(seen).toEqual([0]);
  });
});
