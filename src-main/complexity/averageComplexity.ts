import { MEASURES, type Complexity, type Measure } from '#common/dataset/complexity.ts';

/** Measures that an image without the thing measured says nothing about, and the measure that tells whether it has it. */
const NEEDS: Partial<Record<Measure, Measure>> = {
  objectSizeSpread: 'objectCount',
  intensitySeparability: 'boundaryDensity',
  textureSeparability: 'boundaryDensity',
};

/**
 * Mean of every measure over the images of a dataset (its training images, by method.md). Size spread is averaged over the
 * images that have an object, and the separabilities over those that have a boundary: their 0 elsewhere means "nothing
 * to measure". Where no image qualifies the mean is 0. Summed in the given order, hence reproducible.
 * @throws RangeError for an empty list.
 */
export function averageComplexity(values: readonly Complexity[]): Complexity {
  if (values.length === 0) throw new RangeError('averageComplexity needs the values of at least one image.');
  const mean = (measure: Measure): number => {
    const need = NEEDS[measure];
    const counted = need === undefined ? values : values.filter((value) => value[need] > 0);
    return counted.reduce((sum, value) => sum + value[measure], 0) / Math.max(1, counted.length);
  };
  return Object.fromEntries(MEASURES.map((measure) => [measure, mean(measure)])) as Complexity;
}
