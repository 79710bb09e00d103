import { standardise } from '../algebra/standardise.ts';
import type { Feature, Features } from '../points/measureScale.ts';

/** Standard deviations of the measure beyond which it tells no more. */
const FARTHEST = 2;

/**
 * Where a dataset stands among those of a fit in the measure that tells how far datasets stray from what is expected of them.
 * @param feature null where none tells
 * @returns standard deviations from the mean, at most 2 either way; 0 where no feature tells, or not all datasets have it, or that dataset has not
 */
export function standingOf(
  curves: readonly { readonly features: Features }[],
  feature: Feature | null,
): (features: Features) => number {
  const all = curves.map(({ features }) => features);
  if (feature === null || all.some((of) => of[feature] === undefined)) return () => 0;
  const [standard] = standardise(all, [feature]);
  if (!standard) return () => 0;
  return (of) => (of[feature] === undefined ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, standard.of(of))));
}

/** The factor by which a dataset of that standing strays more than one at the mean. @returns above 0 */
export function dispersionAt(exponent: number, standing: number): number {
  return Math.exp(exponent * standing);
}

/** What a dataset says of the exponent. */
export interface Straying {
  readonly standing: number;
  /** Squared deviations over the variances expected of a dataset at the mean, added up. */
  readonly squares: number;
  /** How many of them. */
  readonly freedom: number;
}

/** Standard deviation of the normal belief that the exponent is 0. */
const BELIEF = 0.3;
/** Newton's steps, few as every iteration of the model goes on from the last, and the farthest that one goes: the likelihood is concave. */
const [STEPS, FARTHEST_STEP] = [4, 0.3];

/**
 * The exponent under which what was seen is likeliest: variances are modelled log-linearly, as in double generalised linear models (Smyth, J. R. Stat.
 * Soc. B 51, 1989).
 * @param start where to begin
 */
export function fitExponent(datasets: readonly Straying[], start: number): number {
  let exponent = start;
  for (let step = 0; step < STEPS; step++) {
    let slope = -exponent / BELIEF ** 2;
    let curvature = 1 / BELIEF ** 2;
    for (const { standing, squares, freedom } of datasets) {
      const left = squares / dispersionAt(exponent, standing) ** 2;
      slope += standing * (left - freedom);
      curvature += 2 * standing ** 2 * left;
    }
    exponent += Math.max(-FARTHEST_STEP, Math.min(FARTHEST_STEP, slope / curvature));
  }
  return exponent;
}
