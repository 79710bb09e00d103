import { cholesky, choleskySolve, dot, matrix, valueAt, type Matrix } from '../algebra/linearAlgebra.ts';
import type { ResidualModel } from './residualModel.ts';
import type { NetworkSize } from '../points/sizeAxis.ts';

/** Measured accuracy of a small network on the dataset to predict. */
export interface Probe extends NetworkSize {
  /** Mean Dice over the seeds. */
  readonly dice: number;
  readonly seeds: number;
}

/** What probes change at each size. */
export interface Conditioned {
  /** Per size, the weights with which each probe's surprise (measured minus predicted) moves the prediction. */
  readonly gain: readonly (readonly number[])[];
  /** Covariance of what one run would measure at each size, given the probes. */
  readonly covariance: Matrix;
}

/**
 * Conditions the error model on probes, as Gaussian-process regression does: gain = K_sp (K_pp)^-1 and covariance
 * K_ss - gain K_ps, with each measurement's own variance on the diagonals. A probe that comes out lower than predicted lowers the level at
 * all sizes, and its place on the curve decides how much of the surprise is tilt.
 */
export function conditionOnProbes(
  { shared, own }: ResidualModel,
  sizes: readonly NetworkSize[],
  probes: readonly Probe[],
): Conditioned {
  const at = probes.map((probe) => probe.log2Alpha);
  const asked = sizes.map((size) => size.log2Alpha);
  const ownOfProbe = probes.map((probe) => own(probe.seeds));
  const factor = cholesky(
    matrix(at.length, at.length, (i, j) => {
      const noise = i === j ? valueAt(ownOfProbe, i) : 0;
      return shared(valueAt(at, i), valueAt(at, j)) + noise;
    }),
  );
  const cross = asked.map((size) => at.map((probe) => shared(size, probe)));
  const gain = cross.map((row) => choleskySolve(factor, row));
  const covariance = matrix(asked.length, asked.length, (i, j) => {
    const known = dot(gain[i] ?? [], cross[j] ?? []);
    return shared(valueAt(asked, i), valueAt(asked, j)) - known + (i === j ? own(1) : 0);
  });
  return { gain, covariance };
}
