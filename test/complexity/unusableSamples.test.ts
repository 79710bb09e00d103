import { describe, expect, it } from 'vitest';
import { measureBatch } from '../../src-main/complexity/measureBatch.ts';
import { measureComplexity } from '../../src-main/complexity/measureComplexity.ts';
import { failing } from '../failing.ts';
import { paintedSample } from './paintedSample.ts';

const good = paintedSample(8, 8, (x) => x);

describe('a sample that cannot be measured is refused by name', () => {
  const cases = {
    'without pixels': [{ ...good, width: 0 }, /"bad".*no pixels \(0 x 8\)/],
    'with too few intensities': [{ ...good, image: new Float32Array(60) }, /"bad".*60 intensities/],
    'with a mask of another size': [{ ...good, mask: new Uint8Array(63) }, /"bad".*63 mask pixels/],
    'with NaN': [{ ...good, image: good.image.map((v, i) => (i === 5 ? NaN : v)) }, /"bad".*not finite/],
    'with infinity': [
      { ...good, image: good.image.map((v, i) => (i === 5 ? Infinity : v)) },
      /"bad".*not finite/,
    ],
    'too long for a JPEG': [
      { ...good, width: 65_536, height: 1, image: new Float32Array(65_536), mask: new Uint8Array(65_536) },
      /"bad".*at most 65535/,
    ],
  } as const;
  for (const [what, [sample, message]] of Object.entries(cases)) {
    it(what, async () => {
      const measured = measureBatch([good, { ...sample, name: 'bad' }]);
      await expect(measured).rejects.toThrow(message);
      await expect(measured).rejects.toThrow(failing('sample-unusable', { sample: 'bad' }));
    });
  }
});

describe('degenerate but valid samples give finite values', () => {
  for (const [width, height] of [
    [1, 1],
    [1, 9],
    [9, 1],
    [2, 2],
    [3, 3],
    [2, 700],
  ] as const) {
    for (const foreground of [true, false]) {
      it(`${width} x ${height}, ${foreground ? 'all' : 'no'} foreground`, async () => {
        const c = await measureComplexity(
          paintedSample(
            width,
            height,
            (x, y) => (40 * x + 7 * y) % 256,
            () => foreground,
          ),
        );
        for (const value of Object.values(c)) expect(Number.isFinite(value)).toBe(true);
        expect(c.blobDensity).toBe(Number(foreground));
        expect(c.objectCount).toBe(Number(foreground));
      });
    }
  }

  it('intensities outside of 0 to 1 are clamped', async () => {
    const wild = await measureComplexity(paintedSample(16, 16, (x) => (x % 2 ? 900 : -300)));
    const tame = await measureComplexity(paintedSample(16, 16, (x) => (x % 2 ? 255 : 0)));
    expect(wild).toEqual(tame);
  });

  it('any non-zero mask value is foreground', async () => {
    const sample = paintedSample(
      16,
      16,
      (x) => x,
      (x) => x < 5,
    );
    expect(await measureComplexity({ ...sample, mask: sample.mask.map((v) => 255 * v) })).toEqual(
      await measureComplexity(sample),
    );
  });
});
