import { describe, expect, it } from 'vitest';
import { nonNegativeRidge } from '../../src-main/trainingCost/nonNegativeRidge.ts';

const equation = (row: readonly number[], target: number, weight = 1) => ({ row, target, weight });

describe('nonNegativeRidge', () => {
  it('solves exact equations when the pull is weak', () => {
    const [x = 0, y = 0] = nonNegativeRidge([equation([1, 2], 8), equation([3, 1], 9)], 2, 1e-9);
    expect(x).toBeCloseTo(2, 5);
    expect(y).toBeCloseTo(3, 5);
  });

  it('gives ones where nothing is known', () => {
    expect(nonNegativeRidge([], 3, 0.01)).toEqual([1, 1, 1]);
  });

  it('balances one equation against the pull as the closed form does', () => {
    // (x - 3)^2 + r (x - 1)^2 is least at (3 + r) / (1 + r).
    expect(nonNegativeRidge([equation([1], 3)], 1, 0.5)[0]).toBeCloseTo(3.5 / 1.5, 9);
  });

  it('stops at zero where least squares would be negative', () => {
    expect(nonNegativeRidge([equation([1], -4)], 1, 0.5)).toEqual([0]);
  });

  it('leaves out equations of weight zero', () => {
    expect(nonNegativeRidge([equation([1], 100, 0)], 1, 0.5)).toEqual([1]);
  });
});
