import { dot, type Matrix } from '../algebra/linearAlgebra.ts';
import { invertSymmetric } from '../algebra/invertSymmetric.ts';
import { curveTerms, type CurveForm } from './curveTerms.ts';
import type { DatasetCurve } from './datasetCurve.ts';
import type { Design } from './design.ts';
import { levelScale } from './levelScale.ts';

/** Datasets measured at the same sizes equally often: what remains unknown of their curves is the same. */
export interface Pattern {
  /** Terms at each size, sizes x terms. */
  readonly phi: Float64Array;
  readonly runs: readonly number[];
  /** Index of each dataset in the fit. */
  readonly members: number[];
  /** Measured Dice, members x sizes. */
  readonly dice: number[];
}

export interface CurveParameters {
  readonly coefficients: readonly (readonly number[])[];
  readonly unexplained: Matrix;
  readonly wiggle: number;
  /** Variance of one run. */
  readonly noise: number;
  /** By how much each dataset strays more than one at the mean (dispersion.ts). */
  readonly dispersions: readonly number[];
}

export interface Expectation {
  /** The expected coefficient of every term, datasets x terms. */
  readonly expected: Float64Array;
  /** Sum over datasets of their covariance, terms x terms. */
  readonly uncertainty: Float64Array;
  /** Sum over measurements of the expected square of the wiggle. */
  readonly wiggles: number;
  /** Of each dataset, its misfit as a squared Mahalanobis length, as if it strayed no more than others. */
  readonly squares: Float64Array;
}

export function patternsOf(curves: readonly DatasetCurve[], form: CurveForm): Pattern[] {
  const patterns = new Map<string, Pattern>();
  for (const [index, { sizes }] of curves.entries()) {
    const key = sizes.map(({ width, runs }) => `${width}x${runs}`).join(' ');
    const pattern = patterns.get(key) ?? {
      phi: Float64Array.from(sizes.flatMap(({ width }) => curveTerms(form, width))),
      runs: sizes.map(({ runs }) => runs),
      members: [],
      dice: [],
    };
    pattern.members.push(index);
    pattern.dice.push(...sizes.map(({ dice }) => dice));
    patterns.set(key, pattern);
  }
  return [...patterns.values()];
}

/**
 * The expectation step: every dataset's curve, given its measurements and the parameters so far. Matrices are made once per pattern; per
 * dataset only a few products remain, in plain loops over flat arrays: leave-one-out runs this step some ten thousand times.
 */
export function expectedCurves(
  patterns: readonly Pattern[],
  datasets: number,
  designs: readonly Design[],
  { coefficients, unexplained, wiggle, noise, dispersions }: CurveParameters,
): Expectation {
  const terms = designs.length;
  const prior = invertSymmetric(unexplained.data, terms);
  const expected = new Float64Array(datasets * terms);
  const uncertainty = new Float64Array(terms * terms);
  const squares = new Float64Array(datasets);
  let wiggles = 0;
  for (const { phi, runs, members, dice } of patterns) {
    const sizes = runs.length;
    const own = Float64Array.from(runs, (count) => wiggle + noise / count);
    const precision = prior.slice();
    for (let i = 0; i < sizes; i++)
      for (let j = 0; j < terms; j++)
        for (let k = 0; k < terms; k++)
          add(precision, j * terms + k, (get(phi, i * terms + j) * get(phi, i * terms + k)) / get(own, i));
    const posterior = invertSymmetric(precision, terms);
    for (let i = 0; i < posterior.length; i++) add(uncertainty, i, members.length * get(posterior, i));
    // Per size, by how much a surprise there moves each coefficient.
    const gain = new Float64Array(sizes * terms);
    for (let i = 0; i < sizes; i++) {
      let doubt = 0;
      for (let j = 0; j < terms; j++) {
        let sum = 0;
        for (let k = 0; k < terms; k++) sum += get(posterior, j * terms + k) * get(phi, i * terms + k);
        gain[i * terms + j] = sum / get(own, i);
        doubt += sum * get(phi, i * terms + j);
      }
      const share = wiggle / get(own, i);
      wiggles += members.length * (share ** 2 * doubt + wiggle * (1 - share));
    }
    for (const [member, index] of members.entries()) {
      const at = index * terms;
      designs.forEach((design, k) => (expected[at + k] = dot(design.row(index), coefficients[k] ?? [])));
      const usual = levelScale(get(expected, at));
      const scale = usual * get(dispersions, index);
      const surprise = misfit(phi, expected, at, terms, dice, member * sizes, sizes);
      for (let i = 0; i < sizes; i++)
        for (let k = 0; k < terms; k++) add(expected, at + k, get(gain, i * terms + k) * get(surprise, i));
      const rest = misfit(phi, expected, at, terms, dice, member * sizes, sizes);
      for (let i = 0; i < sizes; i++) {
        wiggles += ((wiggle / get(own, i)) * (get(rest, i) / scale)) ** 2;
        // Woodbury: the inverse of the measurements' covariance times the surprise is what conditioning leaves of it, over the error's variance.
        add(squares, index, (get(surprise, i) * get(rest, i)) / (get(own, i) * usual ** 2));
      }
    }
  }
  return { expected, uncertainty, wiggles, squares };
}

/** Measured minus expected Dice of one dataset at each size. */
function misfit(
  phi: Float64Array,
  curves: Float64Array,
  at: number,
  terms: number,
  dice: readonly number[],
  from: number,
  sizes: number,
): Float64Array {
  const result = new Float64Array(sizes);
  for (let i = 0; i < sizes; i++) {
    let sum = get(dice, from + i);
    for (let k = 0; k < terms; k++) sum -= get(phi, i * terms + k) * get(curves, at + k);
    result[i] = sum;
  }
  return result;
}

/** Loops above stay within their arrays, so the check of `valueAt` is spared. */
function get(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}

function add(values: Float64Array, index: number, value: number): void {
  values[index] = (values[index] as number) + value;
}
