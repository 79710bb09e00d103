import { describe, expect, it } from 'vitest';
import { decomposeCurves } from '../../src-main/prediction/predictors/curveDecomposition.ts';
import { drawCalibration, TRUTH } from './syntheticCalibration.ts';

describe('decomposition of accuracy', () => {
  it('has the plain mean of every size as mean curve when all datasets have all sizes', () => {
    const points = drawCalibration(TRUTH, 1);
    const { meanAt } = decomposeCurves(points);
    for (const log2Alpha of TRUTH.log2Alphas) {
      const here = points.filter((point) => point.log2Alpha === log2Alpha).map((point) => point.dice);
      expect(meanAt(log2Alpha)).toBeCloseTo(here.reduce((a, b) => a + b) / here.length, 6);
    }
  });

  it('finds level and tilt of each dataset from noiseless curves', () => {
    const points = drawCalibration({ ...TRUTH, noise: 0 }, 2);
    const { meanAt, shapeAt, curves } = decomposeCurves(points);
    for (const { dataset, level, tilt } of curves) {
      for (const point of points.filter((one) => one.dataset === dataset)) {
        const rebuilt = meanAt(point.log2Alpha) + level.value - tilt.value * shapeAt(point.log2Alpha);
        expect(rebuilt).toBeCloseTo(point.dice, 6);
      }
    }
  });

  it('does not let an easy dataset lift the one size at which it was run', () => {
    const points = drawCalibration({ ...TRUTH, datasets: 8, dropSpread: 0, noise: 0 }, 3);
    const easy = points
      .filter((point) => point.dataset === 'dataset-000' && point.log2Alpha <= -4)
      .map((point) => ({ ...point, dataset: 'easy', dice: point.dice + 0.15 }));
    const before = decomposeCurves(points);
    const after = decomposeCurves([...points, ...easy]);
    const drop = ({ meanAt }: typeof before): number => meanAt(0) - meanAt(-5);
    expect(Math.abs(drop(after) - drop(before))).toBeLessThan(0.005);
  });

  it('claims to know nothing of the tilt of a dataset with a single size', () => {
    const points = drawCalibration(TRUTH, 4).filter(
      (point) => point.dataset !== 'dataset-000' || point.log2Alpha === -3,
    );
    const single = decomposeCurves(points).curves.find((curve) => curve.dataset === 'dataset-000');
    expect(single?.tilt).toEqual({ value: 0, variance: 1e6 });
  });
});
