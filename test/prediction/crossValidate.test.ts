import { describe, expect, it } from 'vitest';
import { crossValidate } from '../../src-main/prediction/uncertainty/crossValidate.ts';
import { meanCurve } from '../../src-main/prediction/predictors/meanCurve.ts';
import { PREDICTORS } from '../../src-main/prediction/predictors/predictors.ts';
import { drawCalibration, TRUTH } from './syntheticCalibration.ts';

describe('leave-one-dataset-out cross-validation', () => {
  it('has the error of the mean curve in closed form', () => {
    // Three flat curves at .6, .7 and .9: left out in turn, they are predicted as .8, .75 and .65.
    const points = drawCalibration({ ...TRUTH, datasets: 3 }, 1).map((point) => ({
      ...point,
      dice: [0.6, 0.7, 0.9][Number(point.dataset.slice(-1))] ?? NaN,
    }));
    const [errors] = crossValidate(points, [meanCurve]).errors;
    expect(errors?.mae).toBeCloseTo((0.2 + 0.05 + 0.25) / 3, 6);
    expect(errors?.maeRetained).toBeCloseTo(0, 6);
    expect(errors?.perSize.map(({ datasets }) => datasets)).toEqual(TRUTH.log2Alphas.map(() => 3));
  });

  it.each(PREDICTORS.map((predictor) => [predictor.name, predictor] as const))(
    '%s predicts a left-out dataset without its accuracy',
    (_name, predictor) => {
      const points = drawCalibration(TRUTH, 2);
      const fit = (shift: number): number | undefined => {
        const changed = points.map((point) =>
          point.dataset === 'dataset-004' ? { ...point, dice: 0.95 + shift } : point,
        );
        return crossValidate(changed, [predictor]).errors[0]?.perDataset[4]?.mae;
      };
      // Raised by .02 above every prediction, its error grows by exactly that if and only if the prediction stays.
      expect((fit(0.02) ?? NaN) - (fit(0) ?? NaN)).toBeCloseTo(0.02, 9);
    },
  );

  it('ignores measures that some dataset lacks', () => {
    const points = drawCalibration(TRUTH, 3);
    const patchy = points.map((point) =>
      point.dataset === 'dataset-001'
        ? { ...point, features: { blobDensity: point.features.blobDensity ?? 0 } }
        : point,
    );
    const only = points.map((point) => ({
      ...point,
      features: { blobDensity: point.features.blobDensity ?? 0 },
    }));
    expect(crossValidate(patchy)).toEqual(crossValidate(only));
  });

  it('finds that complexity predicts retained accuracy when it does', () => {
    const points = drawCalibration({ ...TRUTH, datasets: 15, dropByBlobDensity: 0.06, dropSpread: 0.01 }, 4);
    const errors = new Map(
      crossValidate(points).errors.map((one) => [one.predictor, one.maeRetained ?? NaN]),
    );
    const mean = errors.get('meanCurve') ?? NaN;
    for (const name of ['sharedLaw', 'linearPerFactor', 'bayesianLinear', 'gaussianProcess']) {
      expect(errors.get(name)).toBeLessThan(0.9 * mean);
    }
  });

  it('loses little when complexity says nothing', () => {
    const draws = [1, 2, 3, 4, 5, 6].map((seed) => crossValidate(drawCalibration(TRUTH, seed)).errors);
    const averageOf = (name: string): number =>
      draws.reduce((sum, errors) => sum + (errors.find((one) => one.predictor === name)?.mae ?? NaN), 0) /
      draws.length;
    for (const { name } of PREDICTORS) expect(averageOf(name)).toBeLessThan(1.12 * averageOf('meanCurve'));
  });
});
