import { expect, test } from 'vitest';
import { thresholdedMap } from '../../src-renderer/state/use/outlineRuns.ts';

const map = Uint8Array.from(
  ['00000', '08880', '08980', '08880', '00000'].join(''),
  (digit) => Number(digit) * 28,
);

test('the outline of a block leaves its inside out, in runs of a row', () => {
  const { outline, share } = thresholdedMap(map, 5, 0.5);
  expect(outline).toEqual([
    { x: 1, y: 1, length: 3 },
    { x: 1, y: 2, length: 1 },
    { x: 3, y: 2, length: 1 },
    { x: 1, y: 3, length: 3 },
  ]);
  expect(share).toBe(9 / 25);
});

test('a higher threshold leaves less, and at the border of the picture foreground ends too', () => {
  expect(thresholdedMap(map, 5, 0.95)).toEqual({ outline: [{ x: 2, y: 2, length: 1 }], share: 1 / 25 });
  expect(thresholdedMap(new Uint8Array(9).fill(255), 3, 0.5).outline).toHaveLength(4);
  expect(thresholdedMap(map, 5, 0.99)).toEqual({ outline: [], share: 0 });
});
