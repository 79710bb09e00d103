import { describe, expect, it } from 'vitest';
import { studyCurves } from '../../bench/prediction/studyCurves.ts';
import { EXPLANATIONS } from '../../src-main/prediction/curves/explanation.ts';
import { predictFromCurves } from '../../src-main/prediction/predictFromCurves.ts';
import { leaveOneOut } from '../../src-main/prediction/validation/leaveOneOut.ts';
import { selectExplanation } from '../../src-main/prediction/validation/selectExplanation.ts';
import { diceError } from '../../src-main/prediction/validation/validatePredictor.ts';

/** As bench/prediction.ts scores them: networks that a lab would consider. */
const curves = studyCurves().map((curve) => ({
  ...curve,
  sizes: curve.sizes.filter(({ width }) => width >= 2 && width <= 16),
}));

describe('on the 38 real datasets of the study', () => {
  it('segmentability predicts left-out datasets more than twice as well as their average does', async () => {
    const errors = await leaveOneOut(curves, EXPLANATIONS, { reference: 16 });
    const of = (name: string): number => {
      const found = errors.find(({ explanation }) => explanation.name === name);
      return found ? diceError(found) : NaN;
    };
    expect(of('segmentability')).toBeLessThan(0.085);
    expect(of('meanCurve')).toBeGreaterThan(2 * of('segmentability'));
    expect(of('complexity')).toBeLessThan(0.75 * of('meanCurve'));
    expect(selectExplanation(errors).explanation.name).toMatch(/^segmentability/);
  });

  it('what is predicted depends on the images', async () => {
    const ask = async (name: string): Promise<number> => {
      const unseen = curves.find(({ dataset }) => dataset === name);
      const { points, warnings } = await predictFromCurves({
        curves: curves.filter(({ dataset }) => dataset !== name),
        runs: 0,
        features: unseen?.features ?? {},
        probes: [],
        width: 16,
        alphas: [1 / 4],
        parametersOf: () => 1,
      });
      expect(warnings.join(' ')).not.toContain('does not depend on your images');
      return points[0]?.predicted ?? NaN;
    };
    expect(await ask('wbc-smear')).toBeGreaterThan((await ask('dc1000-caries-xray')) + 0.4);
  });
});
