import type { CalibrationPoint } from '../../src-main/prediction/points/calibrationPoints.ts';
import { crossValidate } from '../../src-main/prediction/uncertainty/crossValidate.ts';
import { groupBy } from '../../src-main/prediction/algebra/groupBy.ts';
import { PREDICTORS } from '../../src-main/prediction/predictors/predictors.ts';
import { selectPredictor } from '../../src-main/prediction/uncertainty/selectPredictor.ts';

/** Error of the whole procedure, selection included: each dataset is predicted by what the others alone would have selected. */
export function nestedError(points: readonly CalibrationPoint[]): {
  mae: number;
  maeRetained: number;
  selected: string[];
} {
  const all = crossValidate(points);
  const picks = [...groupBy(points, (point) => point.dataset).keys()].map((dataset, index) => {
    const selected = selectPredictor(crossValidate(points.filter((point) => point.dataset !== dataset)));
    const errors = all.errors.find(({ predictor }) => predictor === selected);
    return { selected, errors: errors?.perDataset[index] };
  });
  const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    mae: average(picks.map(({ errors }) => errors?.mae ?? Number.NaN)),
    maeRetained: average(picks.flatMap(({ errors }) => errors?.maeRetained ?? [])),
    selected: PREDICTORS.map(({ name }) => name).filter((name) =>
      picks.some(({ selected }) => selected === name),
    ),
  };
}
