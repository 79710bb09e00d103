import { describe, expect, it } from 'vitest';
import { resizeImage } from '../../src-main/dataset/working/resizeImage.ts';
import { resizeMask } from '../../src-main/dataset/working/resizeMask.ts';

const FROM = { width: 12, height: 9 };

/** A disc that lies beside the middle, as an image of the greatest intensity and as a mask. */
function disc(): Uint8Array {
  return Uint8Array.from({ length: FROM.width * FROM.height }, (_, at) => {
    const [x, y] = [at % FROM.width, Math.floor(at / FROM.width)];
    return Math.hypot(x - 4, y - 5) < 3 ? 1 : 0;
  });
}

function centre(values: ArrayLike<number>, { width }: { width: number }): [number, number] {
  let [sum, across, down] = [0, 0, 0];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    sum += value;
    across += value * ((at % width) + 0.5);
    down += value * (Math.floor(at / width) + 0.5);
  }
  return [across / sum / width, down / sum];
}

describe.each([8, 16] as const)('an image of %i bits', (bitDepth) => {
  const greatest = 2 ** bitDepth - 1;
  const stored = (values: ArrayLike<number>): Uint8Array | Uint16Array =>
    bitDepth === 8 ? Uint8Array.from(values) : Uint16Array.from(values);

  it.each([2, 3.5, 8])('that grows by %f lies on its mask', async (factor) => {
    const to = { width: FROM.width * factor, height: Math.round(FROM.height * factor) };
    const mask = disc();
    const data = stored(Array.from(mask, (value) => value * greatest));
    const image = await resizeImage({ ...FROM, channels: 1, bitDepth, data }, to.width, to.height);
    const larger = resizeMask(mask, FROM, to);
    // A tenth of an old pixel; half a new one would be a quarter of it at factor 2.
    const [x, y] = centre(image, to);
    const [maskX, maskY] = centre(larger, to);
    expect(Math.abs(x - maskX) * FROM.width).toBeLessThan(0.1);
    expect(Math.abs(y - maskY) / factor).toBeLessThan(0.1);
  });

  it('that is mirrored grows to the mirrored result, channel by channel', async () => {
    const to = { width: 31, height: 24 };
    const values = Array.from({ length: FROM.width * FROM.height * 3 }, (_, at) => (at * 7919) % greatest);
    const mirrored = (list: ArrayLike<number>, width: number): number[] =>
      Array.from({ length: list.length }, (_, at) => {
        const [pixel, channel] = [Math.floor(at / 3), at % 3];
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        return list[(y * width + (width - 1 - x)) * 3 + channel] ?? 0;
      });
    const grown = async (list: readonly number[]): Promise<number[]> => [
      ...(await resizeImage({ ...FROM, channels: 3, bitDepth, data: stored(list) }, to.width, to.height)),
    ];
    expect(await grown(mirrored(values, FROM.width))).toEqual(mirrored(await grown(values), to.width));
  });

  it('keeps to the range of its depth where interpolation would leave it', async () => {
    const values = Array.from({ length: FROM.width * FROM.height }, (_, at) => (at % 4 < 2 ? 0 : greatest));
    const image = await resizeImage({ ...FROM, channels: 1, bitDepth, data: stored(values) }, 60, 45);
    expect(Math.min(...image)).toBe(0);
    expect(Math.max(...image)).toBe(greatest);
    expect([...image].filter((value) => value === greatest).length).toBeGreaterThan(image.length / 4);
  });
});

it('an image that shrinks keeps its mean', async () => {
  const values = Uint8Array.from({ length: 64 * 48 }, (_, at) => 100 + (at % 64));
  const small = await resizeImage({ width: 64, height: 48, channels: 1, bitDepth: 8, data: values }, 16, 12);
  const mean = (list: ArrayLike<number>): number =>
    Array.from(list).reduce((sum, value) => sum + value, 0) / list.length;
  expect(Math.abs(mean(small) - mean(values))).toBeLessThan(1);
});
