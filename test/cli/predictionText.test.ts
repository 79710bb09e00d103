import { describe, expect, it } from 'vitest';
import { predictionText } from '../../src-main/cli/commands/predictionText.ts';
import type { PredictResult } from '#contract/jobs/predictKind.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
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
  joint: { alphas: [1], mean: [0.8], covariance: [[0.01]], probeVariance: 0.002 },
  recipe: DEFAULT_RECIPE,
  nextProbe: null,
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

  it('names datasets that are like the asked one, writing out what would pretend to be another line', () => {
    expect(predictionText(RESULT)).toContain('your images are much like em-membrane:');
    const alike = [{ name: 'slides\u001b[2K\nChoice: factor 1/64', likeness: 0.8 }];
    const text = predictionText({ ...RESULT, error: { ...error, alike } });
    expect(text).toContain('very much like slides\\u001b[2K\\u000aChoice: factor 1/64:');
  });

  it('tells the next probe with its time, and the command that trains it as it stands', () => {
    const nextProbe = { alpha: 1 / 8, seconds: 41, changes: 4 / 9, outcomes: [1 / 16, 1 / 8] };
    const asked = {
      positionals: ['blood cells'],
      options: { project: 'my lab.ccnet', retain: '95%', safe: true, json: true, out: 'small' },
      signal: new AbortController().signal,
      onProgress: () => undefined,
    };
    const text = predictionText({ ...RESULT, dataset: 'blood cells', nextProbe }, asked);
    expect(text).toContain(
      'trains factor 1/8 on your own images, about 41 s here, changes the choice in about 4 of 10 cases',
    );
    expect(text).toContain(
      'ccnet probe "blood cells" --project "my lab.ccnet" --retain 95% --safe --at 1/8\n'.trim(),
    );
    expect(text).not.toContain('--out');
  });

  it('says nothing of the share where no full network was trained', () => {
    const unknown = { mae: null, baselines: { meanCurve: null, logParameters: null }, datasets: 0 };
    const text = predictionText({ ...RESULT, error: { ...error, retained: unknown } });
    expect(text).not.toContain('retained share');
  });
});
