import { expect, test } from 'vitest';
import { Random } from '#common/random.ts';
import { resampleRows } from '../../src-main/dataset/working/resampleRows.ts';
import { RowResampler } from '../../src-main/use/rowResampler.ts';

test.each([
  [
    { width: 20, height: 30 },
    { width: 7, height: 11 },
  ],
  [
    { width: 20, height: 30 },
    { width: 33, height: 47 },
  ],
  [
    { width: 20, height: 30 },
    { width: 20, height: 30 },
  ],
  [
    { width: 3, height: 2 },
    { width: 9, height: 8 },
  ],
  [
    { width: 20, height: 30 },
    { width: 40, height: 10 },
  ],
])('rows that come one by one give what the whole plane gives: %o to %o', (from, to) => {
  const random = Random.fromSeed(1);
  const plane = Float32Array.from({ length: from.width * from.height }, () => random.uniform());
  const whole: number[][] = [];
  resampleRows(plane, from, to, (row, _, unit) => whole.push([...row].map((value) => value / unit)));
  const streamed: number[][] = [];
  const resampler = new RowResampler(from, to, (row, y, unit) => {
    expect(y).toBe(streamed.length);
    streamed.push([...row].map((value) => value / unit));
  });
  for (let y = 0; y < from.height; y++) resampler.push(plane.subarray(y * from.width, (y + 1) * from.width));
  expect(streamed).toEqual(whole);
});
