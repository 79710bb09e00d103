import { describe, expect, it } from 'vitest';
import { CancelledError } from '#common/errors.ts';
import { mean } from '#common/statistics/mean.ts';
import { matrix } from '../../src-main/prediction/algebra/linearAlgebra.ts';
import { EXPLANATIONS } from '../../src-main/prediction/curves/explanation.ts';
import { retainedAccuracy } from '../../src-main/prediction/curves/retainedAccuracy.ts';
import { leaveOneOut } from '../../src-main/prediction/validation/leaveOneOut.ts';
import { selectExplanation } from '../../src-main/prediction/validation/selectExplanation.ts';
import { diceError } from '../../src-main/prediction/validation/validatePredictor.ts';
import { drawCurves, TRUTH } from './syntheticCurves.ts';

const reference = 16;

describe('leave-one-dataset-out', () => {
  it('leaves related datasets out together, so that a twin gives nothing away', async () => {
    const [odd, ...others] = drawCurves({ ...TRUTH, datasets: 10, levelSpread: 0.02 }, 1);
    if (!odd) throw new Error('No curve was drawn.');
    const low = { ...odd, sizes: odd.sizes.map((size) => ({ ...size, dice: 0.2 })) };
    const twin = (related: string) => [low, { ...low, dataset: 'twin', related }, ...others];
    const errorOfTwin = async (related: string): Promise<number> => {
      const [errors] = await leaveOneOut(twin(related), EXPLANATIONS.slice(0, 1), { reference });
      return errors?.perDataset.find(({ dataset }) => dataset === 'twin')?.dice ?? NaN;
    };
    expect(await errorOfTwin(low.related)).toBeGreaterThan((await errorOfTwin('another')) + 0.02);
  });

  it('counts probed sizes in no error, and probes make the others surer', async () => {
    const curves = drawCurves({ ...TRUTH, datasets: 16, levelSpread: 0.15 }, 2);
    const [alone] = await leaveOneOut(curves, EXPLANATIONS.slice(0, 1), { reference });
    const [aided] = await leaveOneOut(curves, EXPLANATIONS.slice(0, 1), { reference, probed: [4] });
    if (!alone || !aided) throw new Error('Nothing was left out.');
    expect(aided.perDataset[0]?.surprises).toHaveLength(curves[0] ? curves[0].sizes.length - 1 : NaN);
    expect(diceError(aided)).toBeLessThan(0.6 * diceError(alone));
  });

  it('errs in units of its own standard deviation as often as it should', async () => {
    const curves = drawCurves({ ...TRUTH, datasets: 60 }, 6);
    const [errors] = await leaveOneOut(curves, EXPLANATIONS.slice(0, 1), { reference });
    const surprises = errors?.perDataset.flatMap((own) => own.surprises) ?? [];
    expect(mean(surprises.map((value) => value ** 2))).toBeGreaterThan(0.7);
    expect(mean(surprises.map((value) => value ** 2))).toBeLessThan(1.4);
  });

  it('is surprised by every run of a size, by which intervals of single runs are judged', async () => {
    const curves = drawCurves({ ...TRUTH, datasets: 12 }, 3);
    const [once] = await leaveOneOut(curves, EXPLANATIONS.slice(0, 1), { reference });
    // The same means, of runs that lie further apart than their mean from what is expected.
    const apart = curves.map((curve) => ({
      ...curve,
      sizes: curve.sizes.map((size) => ({
        ...size,
        runs: 3,
        each: [size.dice - 0.15, size.dice, size.dice + 0.15],
      })),
    }));
    const [thrice] = await leaveOneOut(apart, EXPLANATIONS.slice(0, 1), { reference });
    const all = (errors: typeof once): number[] => errors?.perDataset.flatMap((own) => own.surprises) ?? [];
    expect(all(thrice)).toHaveLength(3 * all(once).length);
    expect(mean(all(thrice).map(Math.abs))).toBeGreaterThan(1.2 * mean(all(once).map(Math.abs)));
  });

  it('expects less noise of a share of accuracies that are averaged over several runs', () => {
    const covariance = matrix(2, 2, () => 0);
    const joint = { mean: [0.6, 0.8], covariance, runVariance: 0.01, probeVariance: 0 };
    const single = retainedAccuracy(joint, 0, 1);
    const averaged = retainedAccuracy(joint, 0, 1, { size: 4, reference: 4 });
    expect(averaged).toMatchObject({ retained: single.retained, deviation: 0 });
    expect(averaged.measuredDeviation).toBeCloseTo(single.measuredDeviation / 2, 12);
    // sqrt(V (1 + R²)) / reference
    expect(single.measuredDeviation).toBeCloseTo((0.1 * Math.hypot(1, 0.75)) / 0.8, 12);
  });

  it('can be cancelled between two fits', async () => {
    const controller = new AbortController();
    const work = leaveOneOut(drawCurves(TRUTH, 1), EXPLANATIONS, { reference, signal: controller.signal });
    controller.abort();
    await expect(work).rejects.toThrow(CancelledError);
  });
});

describe('the selected explanation', () => {
  async function selected(truth: Partial<typeof TRUTH>, seed: number): Promise<string> {
    const errors = await leaveOneOut(drawCurves({ ...TRUTH, ...truth }, seed), EXPLANATIONS, { reference });
    return selectExplanation(errors).explanation.name;
  }

  it('is segmentability where that is what accuracy depends on', async () => {
    expect(await selected({ datasets: 25, levelBySegmentability: 0.15 }, 3)).toBe('segmentability');
  });

  it('is nearly always the average of the others where nothing explains accuracy', async () => {
    const names = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => selected({ datasets: 12 }, seed)));
    expect(names.filter((name) => name === 'meanCurve').length).toBeGreaterThanOrEqual(5);
  });

  it('is the average with three datasets, whatever chance says', async () => {
    expect(await selected({ datasets: 3, levelBySegmentability: 0.3, levelSpread: 0 }, 1)).toBe('meanCurve');
  });
});
