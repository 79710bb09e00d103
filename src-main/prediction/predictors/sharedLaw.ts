import { cholesky, choleskySolve, dot, gram, matrix, transposeTimes } from '../algebra/linearAlgebra.ts';
import type { CalibrationPoint } from '../points/calibrationPoints.ts';
import { groupBy, type NonEmpty } from '../algebra/groupBy.ts';
import { sharedFeatures } from '../points/measureScale.ts';
import type { Predictor } from './predictor.ts';
import { choosePenalty, fitRidge } from '../algebra/ridge.ts';
import { dropShape, SHAPE_EXPONENTS } from '../points/sizeAxis.ts';
import { standardise } from '../algebra/standardise.ts';
import { FEW_FEATURES } from './linearPerFactor.ts';

/**
 * One law for all datasets, drop = k(c) (alpha^-b - 1): b is common, k depends on complexity, and so does the accuracy of the base
 * network, by a ridge regression of its own. k is never below 0: narrowing does not help.
 */
export const sharedLaw: Predictor = {
  name: 'sharedLaw',
  fit(points) {
    const datasets = [...groupBy(points, (point) => point.dataset).values()];
    const fits = SHAPE_EXPONENTS.map((exponent) => ({ exponent, ...fitLaw(datasets, exponent) }));
    const { exponent, laws } = fits.reduce((a, b) => (b.squares < a.squares - 1e-12 ? b : a));
    const known = datasets.map(([first]) => first.features);
    const shared = sharedFeatures(known);
    const few = standardise(
      known,
      FEW_FEATURES.filter((feature) => shared.includes(feature)),
    );
    const rows = known.map((features) => few.map((feature) => feature.of(features)));
    const [base, steepness] = (['base', 'steepness'] as const).map((part) => {
      const task = { rows, values: laws.map((law) => law[part]) };
      return fitRidge(task, choosePenalty([task]));
    });
    return {
      predict(features, sizes) {
        const row = few.map((feature) => feature.of(features));
        const start = base?.(row) ?? 0;
        const k = Math.max(0, steepness?.(row) ?? 0);
        return sizes.map(({ log2Alpha }) => start - k * dropShape(exponent, log2Alpha));
      },
    };
  },
};

interface Law {
  readonly base: number;
  readonly steepness: number;
}

/**
 * Base accuracy and steepness of each dataset by least squares, both held near their means over datasets: a dataset that
 * was run at few sizes borrows from the others.
 */
function fitLaw(
  datasets: readonly NonEmpty<CalibrationPoint>[],
  exponent: number,
): { laws: Law[]; squares: number } {
  const designs = datasets.map((own) =>
    matrix(own.length, 2, (row, column) =>
      column === 0 ? 1 : -dropShape(exponent, own[row]?.log2Alpha ?? 0),
    ),
  );
  const scale = Math.max(1e-9, ...designs.flatMap((design) => [...design.data].map(Math.abs)));
  let centre: Law = { base: 0.8, steepness: 0 };
  let laws: Law[] = [];
  let squares = 0;
  // Alternates between datasets and their mean; the means move little after a few rounds.
  for (let round = 0; round < 20; round++) {
    squares = 0;
    laws = datasets.map((own, i) => {
      const design = designs[i] ?? matrix(0, 2, () => 0);
      const deviations = own.map(
        ({ dice, log2Alpha }) => dice - centre.base + centre.steepness * dropShape(exponent, log2Alpha),
      );
      const moments = transposeTimes(design, deviations);
      const factor = cholesky(gram(design, [0.1, 0.3 * scale ** 2]));
      const [base = 0, steepness = 0] = choleskySolve(factor, moments);
      squares += dot(deviations, deviations) - base * (moments[0] ?? 0) - steepness * (moments[1] ?? 0);
      return { base: centre.base + base, steepness: centre.steepness + steepness };
    });
    centre = {
      base: laws.reduce((sum, law) => sum + law.base, 0) / laws.length,
      steepness: laws.reduce((sum, law) => sum + law.steepness, 0) / laws.length,
    };
  }
  return { laws, squares };
}
