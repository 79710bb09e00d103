import { expect, it } from 'vitest';
import { formatBytes, formatCount } from '#common/format.ts';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.00 kB'],
  [999_400, '999 kB'],
  [999_600, '1.00 MB'],
  [31_045_506, '31.0 MB'],
  [999_700_000, '1.00 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

it.each([
  [7926, '7,926'],
  [31_045_506, '31.0 million'],
  [999_400_000, '999 million'],
  [999_600_000, '1.00 billion'],
])('%d is %s', (count, words) => {
  expect(formatCount(count)).toBe(words);
});
