import { areAlike, likeness } from '../points/likeness.ts';
import type { Features } from '../points/measureScale.ts';
import type { CurveModel } from './curveModel.ts';
import type { DatasetCurve } from './datasetCurve.ts';
import { expectedOf, type Expected } from './expectedOf.ts';

/** The measured curve of a dataset that is like the one to predict. */
export interface AlikeCurve extends Expected {
  readonly curve: DatasetCurve;
  /** To the dataset to predict, 0 to 0.9. */
  readonly likeness: number;
  /** To another of them; null is the dataset to predict. */
  readonly likenessTo: (other: AlikeCurve | null) => number;
}

/** Likeness below which another dataset tells next to nothing. */
const LEAST = 0.1;
/** The most that are looked at: each is a handful of measurements in one system of equations. */
const MOST = 8;

/** @returns the calibrated datasets that are like the one with these features, the most alike first; none where it cannot be told */
export function alikeCurves(model: CurveModel, features: Features): AlikeCurve[] {
  const own = model.placeOf(features);
  if (own === null) return [];
  const alike = model.placed
    .filter(({ place }) => areAlike(own, place, LEAST))
    .map((placed) => ({ ...placed, likeness: likeness(own, placed.place) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST);
  return alike.map(({ curve, place, likeness: toTarget }) => {
    const toOthers = new Map(alike.map((other) => [other.curve, likeness(place, other.place)]));
    return {
      ...expectedOf(model, curve.features),
      curve,
      likeness: toTarget,
      likenessTo: (other) => (other === null ? toTarget : (toOthers.get(other.curve) ?? 0)),
    };
  });
}
