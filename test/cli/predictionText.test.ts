import { describe, expect, it } from 'vitest';
import { predictionText } from '../../src-main/cli/commands/predictionText.ts';
import type { PredictResult } from '#contract/jobs/predictKind.ts';
import { sampleReport } from '../export/report/sampleReport.ts';

const { candidates, choice, error, limits, complexity, warnings } = sampleReport(new Uint8Array());
const RESULT: PredictResult = {
  predictionId: 1,
  dataset: 'glands',
  network: { family: 'unet', width: 16, channels: 3 },
  limits,
  points: candidates,
  candidates,
  choice,
  error,
  warnings,
  complexity,
  calibration: [],
  measured: [],
};

describe('the prediction on the command line', () => {
  it('says how far off Dice and share were on left-out datasets, and which predictor it is in words', () => {
    const text = predictionText(RESULT);
    expect(text).toContain('missed by 0.031 Dice');
    expect(text).toContain('law of loss shared by all datasets');
    expect(text).toContain('[sharedLaw]');
    expect(text).toContain(
      'Their retained share was missed by 1.9 percentage points (4 with a trained full network)',
    );
  });

  it('says nothing of the share where no full network was trained', () => {
    const unknown = { mae: null, baselines: { meanCurve: null, logParameters: null }, datasets: 0 };
    const text = predictionText({ ...RESULT, error: { ...error, retained: unknown } });
    expect(text).not.toContain('retained share');
  });
});
