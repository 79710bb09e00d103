import { describe, expect, it } from 'vitest';
import { likenessWords } from '../../src-renderer/state/dataset/likeness.ts';

const CALIBRATED = [0.2, 0.4, 0.5, 0.6, 0.8, 0.9];

describe('how alike two datasets are', () => {
  it.each([
    [0.41, 0.49, /^They lie 0\.08 apart, and none of 6 calibrated datasets lies between them: .* alike\.$/],
    [0.55, 0.35, /and 2 of 6 calibrated datasets lie between them: .* differ much\.$/],
    [0.55, 0.45, /and 1 of 6 calibrated datasets lies between them\.$/],
    [0.55, null, /^Measure both/],
  ])('is told by the calibrated datasets between them: %d and %d', (a, b, words) => {
    expect(likenessWords(a, b, CALIBRATED)).toMatch(words);
  });

  it('is not judged where nothing is calibrated', () => {
    expect(likenessWords(0.1, 0.9, [])).toContain('nothing says whether that is much');
  });
});
