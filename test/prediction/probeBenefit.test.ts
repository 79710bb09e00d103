import { expect, it } from 'vitest';
import { probeBenefit } from '../../src-main/prediction/uncertainty/probeBenefit.ts';
import { meanCurve } from '../../src-main/prediction/predictors/meanCurve.ts';
import { drawCalibration, TRUTH } from './syntheticCalibration.ts';

it('finds that one small network halves the error when datasets differ mostly in level', () => {
  const [benefit] = probeBenefit(
    drawCalibration({ ...TRUTH, datasets: 12, dropSpread: 0.01 }, 21),
    [-5],
    [meanCurve],
  );
  expect(benefit?.with).toBeLessThan(0.5 * (benefit?.without ?? NaN));
});

it('finds that a second probe helps further when drops differ too', () => {
  const points = drawCalibration({ ...TRUTH, datasets: 12, dropSpread: 0.06, noise: 0.01 }, 22);
  // Scored at the same sizes: both probed sizes are left out of the first comparison's score by probing one of them only.
  const at = (sizes: number[]): number =>
    probeBenefit(
      points.filter((p) => p.log2Alpha >= -3 || sizes.includes(p.log2Alpha)),
      sizes,
      [meanCurve],
    )[0]?.with ?? NaN;
  expect(at([-5, -4])).toBeLessThan(at([-5]));
});
