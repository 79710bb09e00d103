import { describe, expect, it } from 'vitest';
import { Random } from '#common/random.ts';

describe('Random', () => {
  it('gives the numbers of xoshiro128** from the state 1, 2, 3, 4', () => {
    // From an independent implementation in Python with unbounded integers.
    const random = new Random([1, 2, 3, 4]);
    expect(Array.from({ length: 6 }, () => random.word())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492,
    ]);
  });

  it('continues from its saved state with the numbers that would have come next', () => {
    const random = Random.fromSeed(9);
    random.word();
    const copy = new Random(random.state());
    expect([copy.word(), copy.word()]).toEqual([random.word(), random.word()]);
  });

  it('spreads neighbouring seeds evenly over [0, 1)', () => {
    const firsts = Array.from({ length: 4000 }, (_, seed) => Random.fromSeed(seed).uniform());
    const counts = Array.from(
      { length: 10 },
      (_, bin) => firsts.filter((v) => Math.floor(v * 10) === bin).length,
    );
    // Chi-squared with 9 degrees of freedom stays below 27.9 in 99.9 % of cases.
    expect(counts.reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0)).toBeLessThan(27.9);
  });

  it('refuses the state from which only zeros would come', () => {
    expect(() => new Random([0, 0, 0, 0])).toThrow(RangeError);
  });
});
