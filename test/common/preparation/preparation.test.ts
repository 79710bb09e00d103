import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  PREPARATION,
  preparationOf,
  preparationSchema,
} from '../../../src-main/common/preparation/preparation.ts';
import { preparationSteps } from '../../../src-main/common/preparation/preparationWords.ts';
import { intensityRange, rescaleIntensity } from '../../../src-main/dataset/decoding/rescaleIntensity.ts';
import { standardise } from '../../../src-main/training/standardise.ts';
import { tileLayout } from '../../../src-main/training/tileLayout.ts';

const preparation = preparationOf({ channels: 1 }, 192);

test('what is declared is plain data and holds every number that a program needs', () => {
  expect(preparationSchema.parse(JSON.parse(JSON.stringify(preparation)))).toEqual(preparation);
});

test('16-bit intensities are read by the declared quantiles, at the documented places of the sorted values', () => {
  const data = Uint16Array.from({ length: 5000 }, (_, index) => (index * 7919) % 5000);
  const { lowQuantile, highQuantile } = preparation.intensities.otherwise;
  const sorted = [...data].sort((a, b) => a - b);
  const at = (q: number): number => sorted[Math.floor(q * (data.length - 1))] ?? Number.NaN;
  expect(intensityRange({ data, bitDepth: 16 })).toEqual({ low: at(lowQuantile), high: at(highQuantile) });
  expect(intensityRange({ data: Float32Array.from(data), bitDepth: 32 })).toEqual({
    low: at(lowQuantile),
    high: at(highQuantile),
  });
});

test('standardising and padding follow the declared numbers', () => {
  const flat = rescaleIntensity([100, 100, 100, 100.2], preparation.intensities.eightBit);
  const [first = 0] = standardise(flat, 1);
  expect(first).toBeCloseTo(-(0.05 / 255) / preparation.standardise.leastDeviation, 5);
  expect(tileLayout({ width: 33, height: 64 })).toMatchObject({
    tileWidth: 2 * preparation.padding.multipleOf,
    tileHeight: 64,
  });
});

test('the steps in words tell every declared number', () => {
  const words = preparationSteps(preparation).join(' ');
  for (const number of ['192', '0.1 and 99.9', '0.001', '32', '0.5', '512', '128', '255']) {
    expect(words).toContain(number);
  }
  expect(preparationSteps(preparationOf({ channels: 1 }, 64)).join(' ')).toContain('0.299 red');
});

test('the README tells the same steps', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');
  for (const number of [
    `${PREPARATION.quantiles.low * 100} and ${PREPARATION.quantiles.high * 100} percentiles`,
    `multiples of ${PREPARATION.sideMultiple} by reflection`,
    `no less than ${PREPARATION.leastDeviation}`,
    `above ${PREPARATION.threshold}`,
  ])
    expect(readme).toContain(number);
});
