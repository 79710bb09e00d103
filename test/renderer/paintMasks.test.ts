import { describe, expect, it } from 'vitest';
import { paintDifference, paintOutlines } from '../../src-renderer/components/viewer/paintMasks.ts';

const WHITE = [255, 255, 255] as const;
const RED = [255, 0, 0] as const;
/** A square of 10 pixels a side in the middle of 20 x 20. */
const square = {
  width: 20,
  height: 20,
  data: Uint8Array.from({ length: 400 }, (_, at) => {
    const [x, y] = [at % 20, Math.floor(at / 20)];
    return x >= 5 && x < 15 && y >= 5 && y < 15 ? 1 : 0;
  }),
};
const IMAGE = { width: 20, height: 20 };

/** Row of the screen: "W" the colour, "r" the rim, "." nothing. */
function row(pixels: Uint8ClampedArray, width: number, y: number): string {
  return Array.from({ length: width }, (_, x) => {
    const [red, , , alpha] = pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 4);
    return alpha === 0 ? '.' : red === 255 ? 'W' : 'r';
  }).join('');
}

describe('outlines', () => {
  it.each([1, 2])('are as wide on the screen at every zoom, with a dark rim (zoom %d)', (zoom) => {
    const screen = { width: 20 * zoom, height: 20 * zoom };
    const pixels = new Uint8ClampedArray(4 * screen.width * screen.height);
    paintOutlines(pixels, screen, [{ mask: square, colour: WHITE, width: 2 }], IMAGE, { zoom, x: 0, y: 0 });
    const side = '.'.repeat(5 * zoom - 1);
    const middle = '.'.repeat(10 * zoom - 6);
    expect(row(pixels, screen.width, 10 * zoom)).toBe(`${side}rWWr${middle}rWWr${side}`);
    expect(row(pixels, screen.width, 5 * zoom - 2)).toBe('.'.repeat(screen.width));
  });

  it('are no outlines where the screen ends in the middle of an object', () => {
    const screen = { width: 8, height: 8 };
    const pixels = new Uint8ClampedArray(4 * 64);
    paintOutlines(pixels, screen, [{ mask: square, colour: WHITE, width: 2 }], IMAGE, {
      zoom: 1,
      x: -8,
      y: -6,
    });
    expect(row(pixels, 8, 4)).toBe('....rWWr');
  });

  it('lie where the image lies, also of a mask that is smaller than its image', () => {
    const half = {
      width: 10,
      height: 10,
      data: Uint8Array.from(
        { length: 100 },
        (_, at) => square.data[2 * (at % 10) + 40 * Math.floor(at / 10)] ?? 0,
      ),
    };
    const screen = { width: 30, height: 30 };
    const pixels = new Uint8ClampedArray(4 * 900);
    paintOutlines(pixels, screen, [{ mask: half, colour: WHITE, width: 1 }], IMAGE, { zoom: 1, x: 4, y: 4 });
    expect(row(pixels, 30, 14)).toMatch(/^\.{9}rW.*W/);
  });
});

describe('the difference', () => {
  it('fills what was missed and what was found too much, each in its colour', () => {
    const moved = {
      ...square,
      data: square.data.map((_, at) => (at % 20 >= 2 ? (square.data[at - 2] ?? 0) : 0)),
    };
    const pixels = new Uint8ClampedArray(4 * 400);
    const masks = [
      { mask: square, colour: WHITE },
      { mask: moved, colour: RED },
    ] as const;
    paintDifference(pixels, IMAGE, masks, IMAGE, { zoom: 1, x: 0, y: 0 }, 0.5);
    const colours = Array.from({ length: 20 }, (_, x) => [
      ...pixels.subarray(4 * (200 + x), 4 * (200 + x) + 4),
    ]);
    expect(colours[5]).toEqual([255, 255, 255, 128]);
    expect(colours[10]).toEqual([0, 0, 0, 0]);
    expect(colours[16]).toEqual([255, 0, 0, 128]);
  });
});
