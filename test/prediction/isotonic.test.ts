import { expect, it } from 'vitest';
import { isotonic } from '../../src-main/prediction/algebra/isotonic.ts';

it('pools adjacent violators as scikit-learn does', () => {
  const smooth = isotonic([0.7, 0.8, 0.75, 0.72, 0.9, 0.85, 0.95]);
  const middle = 2.27 / 3;
  [0.7, middle, middle, middle, 0.875, 0.875, 0.95].forEach((value, i) =>
    expect(smooth[i]).toBeCloseTo(value, 12),
  );
});

it('leaves a curve that already rises as it is', () => {
  expect(isotonic([0.1, 0.2, 0.2, 0.9])).toEqual([0.1, 0.2, 0.2, 0.9]);
});
