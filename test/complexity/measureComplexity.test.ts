import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measureComplexity } from '../../src-main/complexity/measureComplexity.ts';
import { MEASURES, type Complexity, type Measure } from '#common/dataset/complexity.ts';
import { referenceScene, type SceneRecipe } from './referenceScene.ts';

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T;
const scenes = read<SceneRecipe[]>('scenes.json');
const reference = read<Record<string, Complexity>>('reference.json');

/** Relative tolerances; what is not named is a ratio of integers or a logarithm of them. */
const TOLERANCE: Partial<Record<Measure, number>> = {
  jpeg: 0.01, // libjpeg-turbo and mozjpeg round some coefficients differently
  medianFrequency: 1e-5, // the native transform is in single precision
};

describe('measureComplexity agrees with scikit-image, SciPy and Pillow', () => {
  for (const scene of scenes) {
    it(`on the scene "${scene.name}"`, async () => {
      const measured = await measureComplexity(referenceScene(scene));
      const expected = reference[scene.name];
      for (const measure of MEASURES) {
        const value = expected?.[measure] ?? NaN;
        const allowed = (TOLERANCE[measure] ?? 1e-9) * Math.max(1e-6, Math.abs(value));
        expect(
          Math.abs(measured[measure] - value),
          `${measure}: ${measured[measure]}, reference ${value}`,
        ).toBeLessThanOrEqual(allowed);
      }
    });
  }
});
