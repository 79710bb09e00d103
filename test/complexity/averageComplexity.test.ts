import { expect, it } from 'vitest';
import { averageComplexity } from '../../src-main/complexity/averageComplexity.ts';
import { MEASURES, type Complexity, type Measure } from '#common/dataset/complexity.ts';

const complexity = (values: Partial<Record<Measure, number>>): Complexity =>
  ({ ...Object.fromEntries(MEASURES.map((measure) => [measure, 0])), ...values }) as Complexity;

it('averages every measure over the images', () => {
  const mean = averageComplexity([complexity({ jpeg: 0.1, objectCount: 4 }), complexity({ jpeg: 0.3 })]);
  expect(mean.jpeg).toBeCloseTo(0.2, 12);
  expect(mean.objectCount).toBe(2);
});

it('asks only images that have a boundary for their separability, and only those with objects for their spread', () => {
  const seen = complexity({
    boundaryDensity: 0.1,
    objectCount: 3,
    intensitySeparability: 0.8,
    objectSizeSpread: 0.5,
  });
  const mean = averageComplexity([seen, complexity({})]);
  expect(mean).toMatchObject({ intensitySeparability: 0.8, objectSizeSpread: 0.5, boundaryDensity: 0.05 });
});

it('is 0 where no image has the thing measured', () => {
  expect(averageComplexity([complexity({})]).textureSeparability).toBe(0);
});

it('refuses an empty list', () => {
  expect(() => averageComplexity([])).toThrow('at least one image');
});
