import { expect, it } from 'vitest';
import { effectiveAlpha } from '../../src-main/prediction/points/effectiveAlpha.ts';

it('inverts the number of parameters', () => {
  for (const alpha of [1, 0.5, 0.3, 1 / 64]) {
    expect(effectiveAlpha(1e6 * alpha ** 2, (a) => 1e6 * a ** 2)).toBeCloseTo(alpha, 6);
  }
});

it('is 1 for a network larger than the base', () => {
  expect(effectiveAlpha(2e6, (a) => 1e6 * a ** 2)).toBe(1);
});
