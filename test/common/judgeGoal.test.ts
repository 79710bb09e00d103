import { describe, expect, it } from 'vitest';
import { goalWords, judgeGoal } from '#common/prediction/judgeGoal.ts';
import { retainedShare } from '#common/prediction/retainedShare.ts';

const scored = (...dice: number[]) => dice.map((value, i) => ({ name: `image ${i}`, dice: value }));

describe('the share that is kept', () => {
  it('is the ratio of the means, with an interval as narrow as the pairs are alike', () => {
    const full = scored(0.9, 0.5, 0.7, 0.8);
    const alike = retainedShare(scored(0.81, 0.45, 0.63, 0.72), full);
    expect(alike?.images).toBe(4);
    for (const value of [alike?.share, alike?.low, alike?.high]) expect(value).toBeCloseTo(0.9, 8);
    const apart = retainedShare(scored(0.5, 0.76, 0.63, 0.72), full);
    expect(apart?.share).toBeCloseTo(0.9, 10);
    expect((apart?.high ?? 0) - (apart?.low ?? 0)).toBeGreaterThan(0.4);
  });

  it('agrees with a paired t interval where the reference is constant', () => {
    // Differences -.02, .01, .04, -.03 around .8: mean .8, sd .0316, t(.9, 3) = 2.3534.
    const kept = retainedShare(scored(0.78, 0.81, 0.84, 0.77), scored(1, 1, 1, 1));
    expect(kept?.share).toBeCloseTo(0.8, 12);
    expect((kept?.high ?? 0) - 0.8).toBeCloseTo((2.3534 * 0.0316228) / 2, 5);
  });

  it('counts only the images that both networks were tested on', () => {
    expect(retainedShare([{ name: 'a', dice: 1 }], [{ name: 'b', dice: 1 }])).toBeNull();
    expect(retainedShare([...scored(0.5), { name: 'other', dice: 0 }], scored(1))).toMatchObject({
      share: 0.5,
      images: 1,
    });
  });

  it('tells images of one name apart, such as those of several patients', () => {
    const named = (...dice: number[]) => dice.map((value) => ({ name: 'slice 1', dice: value }));
    const kept = retainedShare(named(0.45, 0.81, 0.63), named(0.5, 0.9, 0.7));
    for (const value of [kept?.share, kept?.low, kept?.high]) expect(value).toBeCloseTo(0.9, 10);
    expect(kept?.images).toBe(3);
  });

  it('is not known where the reference found nothing', () => {
    expect(retainedShare(scored(0.2, 0.3), scored(0, 0))).toBeNull();
  });
});

describe('the goal', () => {
  const kept = (share: number) => ({ share, low: share - 0.02, high: share + 0.02, images: 8 });

  it.each([
    [{ retain: 0.95, safe: false }, kept(0.96), 'met'],
    [{ retain: 0.95, safe: false }, kept(0.94), 'missed'],
    [{ retain: 0.95, safe: false }, null, 'unknown'],
    [{ minDice: 0.8, safe: false }, null, 'missed'],
    [{ minDice: 0.7, safe: false }, null, 'met'],
    [{ minDice: 0.7, retain: 0.95, safe: false }, null, 'unknown'],
    [{ minDice: 0.8, retain: 0.9, safe: false }, kept(0.95), 'missed'],
    [{ safe: false }, kept(1), 'none'],
  ] as const)('%o with %o is %s', (limits, share, verdict) => {
    expect(judgeGoal(limits, 0.75, share).kind).toBe(verdict);
  });

  it('is answered in words, with the doubt where the interval holds the goal', () => {
    expect(goalWords(judgeGoal({ retain: 0.95, safe: false }, 0.8, kept(0.96)))).toBe(
      "Goal: keep 95.0 % of the full network's accuracy. Met: it keeps 96.0 % on the same 8 test images (90 % interval 94.0 % to 98.0 %). " +
        'The goal lies within that interval: more test images would settle it.',
    );
    expect(goalWords(judgeGoal({ retain: 0.95, safe: false }, 0.8, kept(0.9)))).not.toContain('settle');
    expect(goalWords(judgeGoal({ retain: 0.95, safe: false }, 0.8, null))).toContain('Unknown until');
  });
});
