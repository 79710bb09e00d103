import { expect, it } from 'vitest';
import { studentQuantile } from '../../src-main/prediction/algebra/studentQuantile.ts';
import { readReference } from './readReference.ts';

it.each(readReference().student)(
  'has the two-sided %d quantile of scipy for %d degrees of freedom',
  (level, freedom, t) => {
    expect(studentQuantile(level, freedom) / t).toBeCloseTo(1, 9);
  },
);
