import { describe, expect, it } from 'vitest';
import { nextSize, nextSizeWords } from '#common/prediction/nextSize.ts';
import { fakeCandidates } from '../renderer/fake/fakeLibrary.ts';

const candidates = fakeCandidates(false);
const interval = { low: 0.8, high: 0.9 };

describe('after a measured accuracy', () => {
  it.each([
    ['above its interval the next smaller size is tried', 0.95, 1 / 16],
    ['below it the next larger', 0.7, 1 / 4],
    ['inside it none', 0.85, undefined],
  ])('%s', (_what, measured, alpha) => {
    expect(nextSize(candidates, 1 / 8, interval, measured)?.alpha).toBe(alpha);
  });

  it('no size is tried that was not offered, or is not there', () => {
    expect(nextSize(candidates, 1 / 32, interval, 0.95)).toBeNull();
    const offered = candidates.map((one) => ({ ...one, offered: one.alpha !== 1 }));
    expect(nextSize(offered, 1 / 2, interval, 0.7)).toBeNull();
  });

  it('tells how large it is and how long it takes', () => {
    const next = nextSize(candidates, 1 / 8, interval, 0.7);
    expect(next && nextSizeWords(next)).toMatch(
      /^The next one is factor 1\/4: [\d,]+ parameters, about 3 min 10 s of training here\.$/,
    );
  });
});
