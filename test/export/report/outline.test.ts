import { expect, it } from 'vitest';
import { drawOutline, OUTLINE } from '../../../src-main/export/report/outline.ts';

const SIDE = 12;
const square = (from: number, to: number): Uint8Array =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    return x >= from && x < to && y >= from && y < to ? 1 : 0;
  });

/** A row of the picture: "r" reference, "p" prediction, "#" darkened, "." as it was. */
function row(pixels: Uint8Array, y: number): string {
  return Array.from({ length: SIDE }, (_, x) => {
    const colour = [...pixels.subarray(3 * (y * SIDE + x), 3 * (y * SIDE + x) + 3)].join(' ');
    if (colour === OUTLINE.reference.join(' ')) return 'r';
    if (colour === OUTLINE.prediction.join(' ')) return 'p';
    return colour === '200 150 200' ? '.' : '#';
  }).join('');
}

it('an outline is two pixels wide, has a dark rim, and leaves a line beside it as it is', () => {
  const pixels = new Uint8Array(3 * SIDE * SIDE).map((_, i) => [200, 150, 200][i % 3] ?? 0);
  const size = { width: SIDE, height: SIDE };
  drawOutline(pixels, square(1, 11), size, OUTLINE.reference);
  expect(row(pixels, 6)).toBe('#rr......rr#');
  drawOutline(pixels, square(3, 9), size, OUTLINE.prediction);
  expect(row(pixels, 6)).toBe('#rrpp..pprr#');
  expect(row(pixels, 0)).toBe('.##########.');
});
