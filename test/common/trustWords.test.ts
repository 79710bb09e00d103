import { describe, expect, it } from 'vitest';
import type { PredictionError } from '#common/prediction/prediction.ts';
import { predictorWords } from '#common/prediction/predictorWords.ts';
import { EXPLANATIONS } from '../../src-main/prediction/curves/explanation.ts';
import { alikeWords, trustSentences, trustWords } from '#common/prediction/trustWords.ts';

const ERROR: PredictionError = {
  predictor: 'meanCurve',
  mae: 0.133,
  baselines: { meanCurve: 0.133, logParameters: null },
  retained: { mae: 0.058, baselines: { meanCurve: 0.058, logParameters: 0.061 }, datasets: 7 },
  candidates: [],
  datasets: 10,
  runs: 55,
};

describe('how far to trust a prediction', () => {
  it('is told of the share in percentage points, beside both baselines', () => {
    expect(trustWords(ERROR, 'share')).toEqual({
      subject: 'the share of full accuracy',
      error: '5.8 percentage points',
      datasets: 7,
      baselines: [
        { predictor: 'meanCurve', error: '5.8 points' },
        { predictor: 'logParameters', error: '6.1 points' },
      ],
    });
  });

  it('is told of Dice in Dice, without a baseline that is not known', () => {
    expect(trustWords(ERROR, 'dice')).toEqual({
      subject: 'the Dice',
      error: '0.133 Dice',
      datasets: 10,
      baselines: [{ predictor: 'meanCurve', error: '0.133 Dice' }],
    });
  });

  it('names the three most alike datasets, and says what that means', () => {
    const alike = ['a', 'b', 'c', 'd'].map((name, i) => ({ name, likeness: 0.8 - 0.2 * i }));
    expect(alikeWords({ ...ERROR, alike })).toEqual([
      'By their measures your images are very much like a, very much like b, much like c and 1 more: what was measured there counts for more.',
    ]);
    expect(trustSentences({ ...ERROR, alike }).at(-1)).toBe(alikeWords({ ...ERROR, alike })[0]);
    expect(alikeWords({ ...ERROR, alike: [] })).toEqual([]);
    expect(alikeWords(ERROR)).toEqual([]);
  });

  it('says what probes are worth, where there were some', () => {
    expect(trustSentences({ ...ERROR, withoutProbes: 0.2 })[0]).toContain(
      'missed by 0.133 Dice on average with probes as here, and by 0.200 Dice without',
    );
  });

  it('is not told where it is not known', () => {
    expect(trustWords({ ...ERROR, retained: undefined }, 'share')).toBeNull();
    expect(trustWords({ ...ERROR, mae: null }, 'dice')).toBeNull();
  });

  it('names every predictor in words, and an unknown one as it is called', () => {
    for (const { name } of EXPLANATIONS) expect(predictorWords(name)).toContain(' ');
    expect(predictorWords('oracle')).toBe('oracle');
  });
});
