import { describe, expect, it } from 'vitest';
import { lentRuns } from '#common/calibration/lentRuns.ts';
import type { DatasetCurve } from '../../src-main/prediction/curves/datasetCurve.ts';
import { EXPLANATIONS } from '../../src-main/prediction/curves/explanation.ts';
import { borrowedCurves } from '../../src-main/prediction/points/borrowedCurves.ts';
import { predictFromCurves } from '../../src-main/prediction/predictFromCurves.ts';
import { leaveOneOut } from '../../src-main/prediction/validation/leaveOneOut.ts';
import { calibrationRun } from './calibrationRun.ts';
import { drawCurves, TRUTH } from './syntheticCurves.ts';

const shifted = (curve: DatasetCurve, by: number): DatasetCurve => ({
  ...curve,
  sizes: curve.sizes.map((size) => ({ ...size, dice: size.dice + by, validation: size.validation + by })),
});

/** Forty datasets of one network, and the same network a little worse on the first of them. */
const lent = drawCurves({ ...TRUTH, datasets: 40, levelBySegmentability: 0.15 }, 5);
const own = lent.slice(0, 6).map((curve) => shifted(curve, -0.07));

describe('curves that another network lends', () => {
  it('are moved by what both differ in, held back by two datasets of belief that they are alike, and never replace own ones', () => {
    const borrowed = borrowedCurves(own, lent);
    expect(borrowed.map(({ dataset }) => dataset)).toEqual(lent.slice(6).map(({ dataset }) => dataset));
    for (const [i, { sizes }] of borrowed.entries()) {
      for (const [s, { dice }] of sizes.entries()) {
        const expected = (lent[6 + i]?.sizes[s]?.dice ?? NaN) - 0.07 * (6 / 8);
        expect(dice).toBeCloseTo(Math.min(1, Math.max(0, expected)), 10);
      }
    }
  });

  it('are at the sizes alone that three datasets share', () => {
    const few = own.map((curve, i) =>
      i < 2 ? curve : { ...curve, sizes: curve.sizes.filter(({ width }) => width >= 8) },
    );
    const widths = borrowedCurves(few, lent)[0]?.sizes.map(({ width }) => width);
    expect(widths).toEqual([8, 16, 32]);
    expect(borrowedCurves(own.slice(0, 2), lent)).toEqual([]);
  });

  it('let the prediction depend on the images where the asked network was hardly calibrated', async () => {
    const hidden = lent.slice(30);
    const known = lent.slice(0, 30);
    const missedBy = async (lender: boolean): Promise<number> => {
      let sum = 0;
      for (const target of hidden) {
        const { points, warnings } = await predictFromCurves({
          curves: own,
          ...(lender && { lender: { network: 'U-Net', curves: known } }),
          ...{ runs: 0, features: target.features, probes: [], width: 16, alphas: [1, 0.5, 0.25] },
          parametersOf: (alpha) => alpha,
        });
        expect(warnings.some((text) => text.includes('24 more were calibrated with U-Net'))).toBe(lender);
        const truth = target.sizes.find(({ width }) => width === 16)?.dice ?? NaN;
        sum += Math.abs((points[0]?.predicted ?? NaN) - (truth - 0.07));
      }
      return sum / hidden.length;
    };
    expect(await missedBy(true)).toBeLessThan(0.8 * (await missedBy(false)));
  });

  it('take no measure away: those without one that the own curves have are left out', async () => {
    const unmeasured = lent.map((curve, i) => {
      const { segmentability, ...others } = curve.features;
      return i < 10 || segmentability === undefined ? curve : { ...curve, features: others };
    });
    const { warnings, error } = await predictFromCurves({
      ...{ curves: own, lender: { network: 'U-Net', curves: unmeasured } },
      ...{ runs: 0, features: lent[35]?.features ?? {}, probes: [], width: 16, alphas: [1, 0.5] },
      parametersOf: (alpha) => alpha,
    });
    expect(warnings.join(' ')).toContain('4 more were calibrated with U-Net');
    expect(error.candidates.map(({ predictor }) => predictor)).toContain('segmentability');
  });

  it('are not seen on the dataset that is left out', async () => {
    const explanations = EXPLANATIONS.slice(0, 1);
    const errors = async (curves: DatasetCurve[]) =>
      (await leaveOneOut(own, explanations, { reference: 16, lent: curves }))[0]?.perDataset[0];
    // Another accuracy of the lending network on the first dataset, which the difference of the others does not know either.
    const changed = lent.map((curve, i) => (i === 0 ? shifted(curve, -0.3) : curve));
    const [before, after] = [await errors(lent), await errors(changed)];
    expect(before?.dataset).toBe(own[0]?.dataset);
    expect(after?.dice).toBeCloseTo(before?.dice ?? NaN, 2);
  });
});

describe('the network that lends', () => {
  const run = (family: 'unet' | 'fcn8s' | 'cumedvision', dataset: string) =>
    calibrationRun({
      datasetFingerprint: dataset,
      network: { family, width: 16, channels: 1, classes: 2, factor: 1 },
    });
  const runs = [
    run('fcn8s', 'a'),
    run('cumedvision', 'a'),
    run('unet', 'a'),
    run('unet', 'b'),
    run('unet', 'c'),
  ];

  it('is the one with the most datasets besides the asked', () => {
    const lender = lentRuns(runs, { family: 'fcn8s', width: 16, except: 'c' });
    expect(lender?.family).toBe('unet');
    expect(lender?.runs.map(({ datasetFingerprint }) => datasetFingerprint)).toEqual(['a', 'b']);
    expect(lentRuns(runs, { family: 'unet', width: 16 })?.runs).toHaveLength(1);
    expect(lentRuns(runs.slice(2), { family: 'unet', width: 16 })).toBeNull();
  });
});
