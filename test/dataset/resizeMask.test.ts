import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { resampleRows, type Size } from '../../src-main/dataset/working/resampleRows.ts';
import { resizeMask } from '../../src-main/dataset/working/resizeMask.ts';
import { workingSize } from '../../src-main/dataset/working/workingSize.ts';

type Inside = (x: number, y: number) => boolean;

/** A mask of the pixels whose centre is inside. */
function draw({ width, height }: Size, inside: Inside): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) =>
    inside((i % width) + 0.5, Math.floor(i / width) + 0.5) ? 1 : 0,
  );
}

const share = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0) / mask.length;

function dice(a: Uint8Array, b: Uint8Array): number {
  const both = a.reduce((sum, value, i) => sum + (value & (b[i] ?? 0)), 0);
  return (2 * both) / (share(a) * a.length + share(b) * b.length);
}

/** What the product did before, and must stay better than. */
function nearest(mask: Uint8Array, from: Size, to: Size): Uint8Array {
  return draw(to, (x, y) => {
    const [column, row] = [
      Math.floor((x * from.width) / to.width),
      Math.floor((y * from.height) / to.height),
    ];
    return mask[row * from.width + column] === 1;
  });
}

const mirrored = (mask: Uint8Array, { width, height }: Size): Uint8Array =>
  draw({ width, height }, (x, y) => mask[Math.floor(y) * width + width - 1 - Math.floor(x)] === 1);
const transposed = (mask: Uint8Array, { width, height }: Size): Uint8Array =>
  draw({ width: height, height: width }, (x, y) => mask[Math.floor(x) * width + Math.floor(y)] === 1);

/** Lines one pixel wide at many slopes. */
function vessels(size: Size): Uint8Array {
  const mask = new Uint8Array(size.width * size.height);
  for (let line = 0; line < 9; line += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const y = Math.round(20 + 24 * line + (0.04 + 0.051 * line) * x);
      if (y < size.height) mask[y * size.width + x] = 1;
    }
  }
  return mask;
}

describe('the covered area', () => {
  it.each([
    [7, 5, 3, 2],
    [16, 12, 4, 3],
    [31, 17, 30, 16],
    [9, 9, 9, 4],
  ])('of a %i x %i mask on %i x %i pixels is exact', (width, height, newWidth, newHeight) => {
    const [from, to] = [
      { width, height },
      { width: newWidth, height: newHeight },
    ];
    const mask = draw(from, (x, y) => (x * 7 + y * 5) % 11 < 5);
    // On a grid that both divide, every small square lies wholly in one old and one new pixel.
    const counted = new Array<number>(newWidth * newHeight).fill(0);
    for (let y = 0; y < height * newHeight; y += 1) {
      for (let x = 0; x < width * newWidth; x += 1) {
        const old = Math.floor(y / newHeight) * width + Math.floor(x / newWidth);
        const at = Math.floor(y / height) * newWidth + Math.floor(x / width);
        counted[at] = (counted[at] ?? 0) + (mask[old] ?? 0) / (width * height);
      }
    }
    const rows: number[] = [];
    resampleRows(mask, from, to, (row, _, unit) => rows.push(...Array.from(row, (value) => value / unit)));
    expect(rows).toHaveLength(counted.length);
    rows.forEach((value, i) => expect(value).toBeCloseTo(counted[i] ?? Number.NaN, 12));
  });
});

describe('a mask that is reduced', () => {
  const from = { width: 420, height: 300 };

  it.each([1.17, 1.5, 2.28, 3.1, 3.7, 5.3])('by %f keeps the share of one-pixel vessels', (ratio) => {
    const to = { width: Math.round(420 / ratio), height: Math.round(300 / ratio) };
    const mask = vessels(from);
    const reduced = resizeMask(mask, from, to);
    // Not to the pixel: those that are equally covered, and as much surrounded, come or go together.
    expect(Math.abs(share(reduced) / share(mask) - 1)).toBeLessThan(0.01);
  });

  it.each([
    ['reduced', from, { width: 97, height: 71 }],
    ['reduced by two', from, { width: 210, height: 150 }],
    ['enlarged', { width: 42, height: 30 }, { width: 97, height: 71 }],
  ])('commutes with mirrors and quarter turns (%s)', (_, size, to) => {
    const noise = draw(size, (x, y) => Math.sin(x * 0.9) + Math.sin(y * 1.3 + x * 0.2) > 0.4);
    const plain = resizeMask(noise, size, to);
    expect(resizeMask(mirrored(noise, size), size, to)).toEqual(mirrored(plain, to));
    const turned = {
      from: { width: size.height, height: size.width },
      to: { width: to.height, height: to.width },
    };
    expect(resizeMask(transposed(noise, size), turned.from, turned.to)).toEqual(transposed(plain, to));
  });

  it.each([
    { width: 60, height: 43 },
    { width: 900, height: 642 },
  ])('empty stays empty, full stays full at $width x $height', (to) => {
    for (const value of [0, 1]) {
      const mask = new Uint8Array(from.width * from.height).fill(value);
      expect(new Set(resizeMask(mask, from, to))).toEqual(new Set([value]));
    }
  });

  it('keeps a single pixel, and a single hole, though far smaller than a new pixel', () => {
    const to = { width: 42, height: 30 };
    const speck = new Uint8Array(from.width * from.height);
    speck[200 * from.width + 123] = 1;
    const reduced = resizeMask(speck, from, to);
    expect(reduced.reduce((sum, value) => sum + value, 0)).toBe(1);
    expect(reduced[20 * to.width + 12]).toBe(1);
    const hole = resizeMask(
      speck.map((value) => 1 - value),
      from,
      to,
    );
    expect(hole).toEqual(reduced.map((value) => 1 - value));
  });

  it.each([2, 4])(
    'by %i keeps a straight line whole rather than as dots, though it then fills a larger share',
    (ratio) => {
      const line = draw(from, (_, y) => Math.floor(y) === 100);
      const to = { width: from.width / ratio, height: from.height / ratio };
      const reduced = resizeMask(line, from, to);
      expect(reduced).toEqual(draw(to, (_, y) => Math.floor(y) === 100 / ratio));
    },
  );

  it('marks every wholly covered pixel and no untouched one', () => {
    const to = { width: 84, height: 60 };
    const mask = draw(from, (x, y) => Math.hypot(x - 140, y - 120) < 70 || (y + 0.37 * x) % 23 < 2);
    const reduced = resizeMask(mask, from, to);
    resampleRows(mask, from, to, (row, y, unit) => {
      row.forEach((covered, x) => {
        if (covered === unit) expect(reduced[y * to.width + x]).toBe(1);
        if (covered === 0) expect(reduced[y * to.width + x]).toBe(0);
      });
    });
    expect(share(reduced)).toBeCloseTo(share(mask), 2);
  });
});

describe('pixels that do not count', () => {
  it.each([
    ['reduced', { width: 40, height: 40 }, { width: 20, height: 20 }],
    ['enlarged', { width: 20, height: 20 }, { width: 40, height: 40 }],
  ])('keep their place when a mask is %s', (_name, from, to) => {
    const third = (width: number, x: number): number => (x < width / 4 ? 1 : x < width / 2 ? 2 : 0);
    const mask = Uint8Array.from({ length: from.width * from.height }, (_, index) =>
      third(from.width, index % from.width),
    );
    const expected = Uint8Array.from({ length: to.width * to.height }, (_, index) =>
      third(to.width, index % to.width),
    );
    expect(Array.from(resizeMask(mask, from, to))).toEqual(Array.from(expected));
  });
});

describe('a mask that is enlarged', () => {
  it.each([3.3, 7])('by %f is nearer to the shape it was drawn from than a staircase', (ratio) => {
    const small = { width: 60, height: 60 };
    const to = { width: Math.round(60 * ratio), height: Math.round(60 * ratio) };
    const shape =
      (scale: number): Inside =>
      (x, y) =>
        Math.hypot(x / scale - 22, y / scale - 25) < 14 || Math.abs(x / scale - y / scale / 2 - 26) < 2.5;
    const [drawn, wanted] = [draw(small, shape(1)), draw(to, shape(ratio))];
    const smooth = dice(resizeMask(drawn, small, to), wanted);
    expect(smooth).toBeGreaterThan(0.97);
    expect(smooth).toBeGreaterThan(dice(nearest(drawn, small, to), wanted) + 0.003);
  });

  it('keeps lines one pixel wide whole, also diagonal ones', () => {
    const small = { width: 20, height: 20 };
    const to = { width: 80, height: 80 };
    const line = draw(small, (x, y) => x === y);
    const larger = resizeMask(line, small, to);
    for (let i = 4; i < 76; i += 1) expect(larger[i * to.width + i]).toBe(1);
  });
});

const datasets = join(import.meta.dirname, '../../../shared/datasets');

describe.skipIf(!existsSync(datasets))('of real masks', () => {
  it.each([
    ['em-membrane', 0.015],
    ['retina-drive', 0.001],
  ])('of %s the share stays, and they come back closer than by the nearest pixel', async (set, tolerance) => {
    const folder = join(datasets, set, 'masks');
    for (const name of (await readdir(folder)).sort().slice(0, 4)) {
      const { data, info } = await sharp(join(folder, name))
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const mask = Uint8Array.from(data, (value) => (value > 127 ? 1 : 0));
      const to = workingSize(info.width, info.height, 256);
      const reduced = resizeMask(mask, info, to);
      expect(Math.abs(share(reduced) / share(mask) - 1)).toBeLessThan(tolerance);
      const before = dice(nearest(nearest(mask, info, to), to, info), mask);
      expect(dice(resizeMask(reduced, to, info), mask)).toBeGreaterThan(before + 0.01);
    }
  });
});
