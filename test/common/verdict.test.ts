import { describe, expect, it } from 'vitest';
import { judgePrediction, verdictWords, WIDEST_TESTABLE_INTERVAL } from '#common/prediction/verdict.ts';

describe('a measured accuracy', () => {
  it.each([
    ['held', { low: 0.79, high: 0.89 }, 0.85],
    ['held', { low: 0.79, high: 0.89 }, 0.79],
    ['better', { low: 0.79, high: 0.89 }, 0.9],
    ['worse', { low: 0.79, high: 0.89 }, 0.78],
    ['too-vague', { low: 0.436, high: 1 }, 0.9],
    ['worse', { low: 0.436, high: 1 }, 0.4],
    ['held', { low: 0.85, high: 1.3 }, 0.9],
    ['held', { low: 0.5, high: 0.5 + WIDEST_TESTABLE_INTERVAL - 1e-9 }, 0.6],
    ['too-vague', { low: 0.5, high: 0.5 + WIDEST_TESTABLE_INTERVAL + 1e-9 }, 0.6],
  ] as const)('says "%s" of the prediction %j when it is %d', (verdict, predicted, measured) => {
    expect(judgePrediction(predicted, measured)).toBe(verdict);
  });

  it('never claims that a prediction held which could hardly have failed', () => {
    const words = verdictWords({ low: 0.436, high: 1 }, 0.9);
    expect(words).toContain('too vague to be tested');
    expect(words).toContain('0.56 Dice');
    expect(words).not.toContain('held');
  });
});
