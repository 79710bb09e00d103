import { expect, it } from 'vitest';
import { studentQuantile } from '#common/statistics/studentQuantile.ts';

/** scipy.stats.t.ppf((1 + level) / 2, freedom) */
it.each([
  [0.5, 1, 1],
  [0.5, 4, 0.7406970841126829],
  [0.5, 30, 0.6827556933212927],
  [0.9, 1, 6.313751514675037],
  [0.9, 2, 2.9199855803537242],
  [0.9, 3, 2.3533634348018233],
  [0.9, 7, 1.8945786050900062],
  [0.9, 30, 1.697260886593957],
  [0.99, 1, 63.656741162871526],
  [0.99, 4, 4.604094871349992],
  [0.99, 11, 3.1058065155392804],
])('has the two-sided %d quantile of scipy for %d degrees of freedom', (level, freedom, t) => {
  expect(studentQuantile(level, freedom) / t).toBeCloseTo(1, 9);
});
