import { expect, it } from 'vitest';
import { formatBytes, formatCount, formatDigits, shortCount } from '#common/format.ts';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.00 kB'],
  [999_400, '999 kB'],
  [999_600, '1.00 MB'],
  [31_045_506, '31.0 MB'],
  [999_700_000, '1.00 GB'],
  [1.234e15, '1,230 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

it.each([
  [7926, '7,926'],
  [31_045_506, '31.0 million'],
  [999_400_000, '999 million'],
  [999_600_000, '1.00 billion'],
  [1.234e12, '1,230 billion'],
])('%d is %s', (count, words) => {
  expect(formatCount(count)).toBe(words);
});

it.each([
  [1023.6, 3, '1,020'],
  [999.7, 3, '1,000'],
  [0.03124, 3, '0.0312'],
  [99.7, 2, '100'],
])('%d to %d digits is %s, without powers of ten', (value, digits, words) => {
  expect(formatDigits(value, digits)).toBe(words);
});

it.each([
  [999, '999'],
  [7926, '7.9 k'],
  [100_000, '100 k'],
  [1e6, '1 M'],
  [1_944_258, '1.94 M'],
  [1e7, '10 M'],
  [1e8, '100 M'],
])('%d is %s in short', (count, words) => {
  expect(shortCount(count)).toBe(words);
});
