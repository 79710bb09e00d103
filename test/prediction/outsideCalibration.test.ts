import { describe, expect, it } from 'vitest';
import { outsideCalibration } from '../../src-main/prediction/validation/outsideCalibration.ts';
import { drawCurves, TRUTH } from './syntheticCurves.ts';

const calibrated = [0.07, 0.12, 0.2, 0.31, 0.53].map((blobDensity, i) => ({
  blobDensity,
  jpeg: 0.1 + 0.03 * (i % 3),
}));

describe('the warning of a dataset outside calibration', () => {
  it('names the measure, its value and the calibrated range', () => {
    const { warnings } = outsideCalibration(calibrated, { blobDensity: 0.02, jpeg: 0.12 });
    expect(warnings[0]).toBe(
      'This dataset lies outside what was calibrated: its blob density 0.02 is below everything calibrated (0.07 to 0.53).',
    );
  });

  it('says nothing of a dataset among the calibrated ones', () => {
    expect(outsideCalibration(calibrated, { blobDensity: 0.25, jpeg: 0.12 })).toEqual({
      warnings: [],
      widening: 1,
    });
  });

  it('tolerates a value just beyond the range', () => {
    expect(outsideCalibration(calibrated, { blobDensity: 0.54, jpeg: 0.13 }).warnings).toEqual([]);
  });

  it('notices a combination that is unlike any calibrated one although each measure is within its range', () => {
    const correlated = Array.from({ length: 12 }, (_, i) => ({
      entropy: 4 + 0.2 * i,
      delentropy: 3 + 0.2 * i + 0.05 * (i % 2),
    }));
    const { warnings, widening } = outsideCalibration(correlated, { entropy: 4.2, delentropy: 5 });
    expect(warnings.join()).toContain('Taken together');
    expect(widening).toBeGreaterThan(1);
  });

  it('widens intervals only for what the prediction rests on', () => {
    const odd = { blobDensity: 0.25, jpeg: 3 };
    expect(outsideCalibration(calibrated, odd, ['blobDensity'])).toMatchObject({ widening: 1 });
    expect(outsideCalibration(calibrated, odd, ['blobDensity']).warnings.join()).toContain('JPEG complexity');
    expect(outsideCalibration(calibrated, odd, ['jpeg']).widening).toBe(2);
  });

  it('widens intervals at most twofold', () => {
    expect(outsideCalibration(calibrated, { blobDensity: 0.001, jpeg: 3 }).widening).toBe(2);
  });

  it('seldom warns of a dataset drawn like the calibrated ones', () => {
    let warned = 0;
    for (let seed = 0; seed < 50; seed++) {
      const all = drawCurves({ ...TRUTH, datasets: 13, widths: [8] }, seed).map(({ features }) => features);
      const { widening } = outsideCalibration(all.slice(1), all[0] ?? {});
      warned += Number(widening > 1);
    }
    expect(warned).toBeLessThan(15);
  });

  it('speaks of no range with fewer than three datasets', () => {
    expect(outsideCalibration(calibrated.slice(0, 2), { blobDensity: 0.9, jpeg: 1 }).warnings).toEqual([]);
  });
});
