import { describe, expect, it } from 'vitest';
import { measureComplexity } from '../../src-main/complexity/measureComplexity.ts';
import { paintedSample } from './paintedSample.ts';

const checkerboard = (x: number, y: number): number => ((x + y) % 2) * 255;
const disc =
  (cx: number, cy: number, r: number) =>
  (x: number, y: number): boolean =>
    (x - cx) ** 2 + (y - cy) ** 2 <= r * r;

describe('a constant image', () => {
  it('has no complexity at all', async () => {
    const c = await measureComplexity(paintedSample(64, 48, () => 127));
    expect(c).toMatchObject({
      medianFrequency: 0,
      entropy: 0,
      delentropy: 0,
      edgeDensity: 0,
      glcmContrast: 0,
      glcmHomogeneity: 1,
    });
    expect(c.jpeg).toBeCloseTo(6 / 8 / 64, 2); // DC difference 0 and end of block: 2 + 4 bits per 8 x 8 block
  });
});

describe('medianFrequency', () => {
  for (const cycles of [4, 16, 50]) {
    it(`is the frequency of a horizontal sinusoid of ${cycles} cycles in 128 pixels`, async () => {
      const wave = (x: number): number => 127 + 100 * Math.cos((2 * Math.PI * cycles * x) / 128);
      const { medianFrequency } = await measureComplexity(paintedSample(128, 128, wave));
      expect(medianFrequency).toBeCloseTo(cycles / 64, 2);
    });
  }

  it('is the radius of a diagonal sinusoid', async () => {
    const wave = (x: number, y: number): number =>
      127 + 100 * Math.cos((2 * Math.PI * (20 * x + 15 * y)) / 128);
    const { medianFrequency } = await measureComplexity(paintedSample(128, 128, wave));
    expect(medianFrequency).toBeCloseTo(25 / 64, 2);
  });

  it('is the same whatever the sides, because it is in cycles per pixel', async () => {
    const wave = (x: number, y: number): number => 127 + 60 * Math.cos(0.7 * x) + 60 * Math.cos(0.7 * y);
    for (const [width, height] of [
      [100, 100],
      [128, 75],
      [301, 200],
    ] as const) {
      const { medianFrequency } = await measureComplexity(paintedSample(width, height, wave));
      expect(medianFrequency).toBeCloseTo(0.7 / Math.PI, 2);
    }
  });

  it('is 1 for one-pixel stripes and the root of 2 for a checkerboard', async () => {
    const stripes = await measureComplexity(paintedSample(64, 64, (x) => (x % 2) * 255));
    const checks = await measureComplexity(paintedSample(64, 64, checkerboard));
    expect(stripes.medianFrequency).toBeCloseTo(1, 1);
    expect(checks.medianFrequency).toBeCloseTo(Math.SQRT2, 1);
  });

  it('of white noise is the radius of the disc that holds half of the spectrum', async () => {
    let state = 1;
    const noise = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 24;
    const { medianFrequency } = await measureComplexity(paintedSample(256, 256, () => Math.floor(noise())));
    expect(medianFrequency).toBeCloseTo(Math.sqrt(2 / Math.PI), 1.5);
  });
});

describe('grey-level measures', () => {
  it('see one bit of entropy and the strongest contrast in a checkerboard', async () => {
    const c = await measureComplexity(paintedSample(40, 30, checkerboard));
    expect(c.entropy).toBeCloseTo(1, 12);
    // Horizontal and vertical pairs differ by 31 levels, diagonal ones are equal.
    expect(c.glcmContrast).toBeCloseTo((2 * 31 ** 2) / 4, 9);
    expect(c.glcmHomogeneity).toBeCloseTo((2 + 2 / 962) / 4, 12);
    // Pixels two apart are equal: both central differences and the Sobel gradient vanish.
    expect(c.delentropy).toBe(0);
    expect(c.edgeDensity).toBe(0);
  });

  it('see eight bits where all 256 levels are equally frequent', async () => {
    const c = await measureComplexity(paintedSample(64, 16, (x, y) => (y * 64 + x) % 256));
    expect(c.entropy).toBeCloseTo(8, 12);
  });

  it('give half a bit of delentropy to two equally frequent gradients', async () => {
    // Slope 1 in the left half and 2 in the right one; a tent in between would add a third gradient.
    const c = await measureComplexity(paintedSample(62, 20, (x) => (x <= 30 ? x : 2 * x - 30)));
    const p = [29 / 60, 1 / 60, 30 / 60]; // one column sees the bend: difference 3
    expect(c.delentropy).toBeCloseTo(-0.5 * p.reduce((sum, q) => sum + q * Math.log2(q), 0), 9);
  });

  it('count a straight step as edge from 17 grey levels on', async () => {
    const step = (height: number) => paintedSample(22, 22, (x) => (x < 11 ? 100 : 100 + height));
    expect((await measureComplexity(step(16))).edgeDensity).toBe(0);
    expect((await measureComplexity(step(17))).edgeDensity).toBeCloseTo(2 / 20, 12);
  });
});

describe('mask measures', () => {
  const twoDiscs = (x: number, y: number): boolean => disc(20, 20, 10)(x, y) || disc(60, 30, 5)(x, y);

  it('count known discs and their pixels', async () => {
    const c = await measureComplexity(paintedSample(80, 50, () => 0, twoDiscs));
    const [large, small] = [317, 81]; // lattice points in circles of radius 10 and 5
    expect(c.objectCount).toBe(2);
    expect(c.blobDensity).toBeCloseTo((large + small) / 4000, 12);
    expect(c.objectSizeSpread).toBeCloseTo((large - small) / (large + small), 12);
  });

  it('take the outline of a square as its boundary, and none along the border of the image', async () => {
    const inside = await measureComplexity(
      paintedSample(
        20,
        20,
        () => 0,
        (x, y) => Math.max(Math.abs(x - 9), Math.abs(y - 9)) <= 4,
      ),
    );
    expect(inside.boundaryDensity).toBeCloseTo(32 / 400, 12);
    const half = await measureComplexity(
      paintedSample(
        20,
        20,
        () => 0,
        (x) => x < 10,
      ),
    );
    expect(half.boundaryDensity).toBeCloseTo(20 / 400, 12);
    const full = await measureComplexity(
      paintedSample(
        20,
        20,
        () => 0,
        () => true,
      ),
    );
    expect(full.boundaryDensity).toBe(0);
  });

  it('join objects that touch at a corner', async () => {
    const diagonal = await measureComplexity(
      paintedSample(
        9,
        9,
        () => 0,
        (x, y) => x === y || x + y === 8,
      ),
    );
    expect(diagonal.objectCount).toBe(1);
    const apart = await measureComplexity(
      paintedSample(
        9,
        9,
        () => 0,
        (x, y) => x % 2 === 0 && y % 2 === 0,
      ),
    );
    expect(apart).toMatchObject({ objectCount: 25, objectSizeSpread: 0 });
  });

  it('join the arms of a spiral that meet only at its end', async () => {
    const comb = (x: number, y: number): boolean => y === 30 || x % 2 === 0;
    expect((await measureComplexity(paintedSample(41, 31, () => 0, comb))).objectCount).toBe(1);
  });
});

describe('separability', () => {
  const object = disc(32, 32, 15);

  it('is 1 where one threshold separates the sides, whichever is brighter, and 0 where they look alike', async () => {
    for (const [inner, outer, expected] of [
      [200, 50, 1],
      [50, 200, 1],
      [90, 90, 0],
    ] as const) {
      const c = await measureComplexity(
        paintedSample(64, 64, (x, y) => (object(x, y) ? inner : outer), object),
      );
      expect(c.intensitySeparability).toBe(expected);
      expect(c.textureSeparability).toBe(0); // flat on both sides; the step between them is no texture
    }
  });

  it('of texture is 1 where a rough object lies in a smooth background of the same mean', async () => {
    const rough = (x: number, y: number): number => (object(x, y) ? 100 + (x % 2 ? 20 : -20) : 100);
    expect((await measureComplexity(paintedSample(64, 64, rough, object))).textureSeparability).toBe(1);
  });

  it('looks no further than 4 pixels from the boundary', async () => {
    // Square object of 20; beyond 4 pixels on either side the image is inverted, which must not matter.
    const distance = (x: number, y: number): number => Math.max(Math.abs(x - 31.5), Math.abs(y - 31.5));
    const level = (x: number, y: number): number => {
      const d = distance(x, y);
      return d < 6 || d > 14 ? 128 : d < 10 ? 200 : 50;
    };
    const c = await measureComplexity(paintedSample(64, 64, level, (x, y) => distance(x, y) < 10));
    expect(c.intensitySeparability).toBe(1);
  });

  it('is 0 without a boundary', async () => {
    const ramp = (x: number): number => 3 * x;
    for (const all of [true, false]) {
      const c = await measureComplexity(paintedSample(64, 64, ramp, () => all));
      expect(c).toMatchObject({ intensitySeparability: 0, textureSeparability: 0, boundaryDensity: 0 });
    }
  });
});
