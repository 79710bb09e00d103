import { describe, expect, it } from 'vitest';
import { choosePenalty, fitRidge, leaveOneOutSquares } from '../../src-main/prediction/algebra/ridge.ts';
import { readReference } from './readReference.ts';
import { normal, uniform } from './syntheticCalibration.ts';

const task = {
  rows: [
    [-1.2, 0.3],
    [0.4, -0.9],
    [0.1, 1.4],
    [1.5, 0.2],
    [-0.8, -1],
  ],
  values: [0.71, 0.84, 0.79, 0.92, 0.66],
};

describe('ridge regression', () => {
  it('predicts as scikit-learn does', () => {
    expect(fitRidge(task, 3)([0.5, 0.5])).toBeCloseTo(readReference().ridge, 12);
  });

  it('has the leave-one-out error that refitting without each row gives', () => {
    expect(leaveOneOutSquares(task, 3)).toBeCloseTo(readReference().ridgeLeaveOneOutSquares, 12);
  });

  it('leaves the mean where the features explain nothing, and keeps a relation that is there', () => {
    const gauss = normal(uniform(3));
    const rows = Array.from({ length: 10 }, () => [gauss(), gauss()]);
    const noise = { rows, values: rows.map(() => gauss()) };
    const signal = { rows, values: rows.map(([a = 0]) => a + 0.2 * gauss()) };
    expect(choosePenalty([noise])).toBe(Infinity);
    expect(choosePenalty([signal])).toBeLessThan(10);
  });
});
