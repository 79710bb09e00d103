import { dot } from '../algebra/linearAlgebra.ts';
import type { Features } from '../points/measureScale.ts';
import type { CurveModel } from './curveModel.ts';
import { curveTerms } from './curveTerms.ts';
import { dispersionAt } from './dispersion.ts';
import { levelScale } from './levelScale.ts';

/** What a dataset's measures let expect of its curve. */
export interface Expected {
  /** Dice at a width, not clipped. */
  readonly expected: (width: number) => number;
  /** By how much more than one at s = 1 it strays from that (curveModel.ts). */
  readonly deviation: number;
  /** Of every design. */
  readonly rows: readonly (readonly number[])[];
}

/** @param features those of the model's explanation at least */
export function expectedOf(model: CurveModel, features: Features): Expected {
  const rows = model.designs.map((design) => design.rowOf(features));
  const weights = model.coefficients.map((own, k) => dot(own, rows[k] ?? []));
  const [level = 0] = weights;
  return {
    expected: (width) => dot(curveTerms(model.form, width), weights),
    deviation: levelScale(level) * dispersionAt(model.exponent, model.standing(features)),
    rows,
  };
}
