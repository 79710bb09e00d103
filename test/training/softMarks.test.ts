import { describe, expect, it } from 'vitest';
import { Random } from '#common/random.ts';
import { asBytes, marksOf } from '../../src-main/training/softMarks.ts';

const SIZE = 40_000;

/** Share of 1 among the marks of many equal pixels. */
function share(mark: number, probability: number | null): number {
  const sample = {
    mask: new Uint8Array(SIZE).fill(mark),
    teacher: probability === null ? undefined : asBytes(new Float32Array(SIZE).fill(probability)),
  };
  const markOf = marksOf(sample, Random.fromSeed(7));
  let ones = 0;
  for (let pixel = 0; pixel < SIZE; pixel += 1) ones += markOf(pixel) === 1 ? 1 : 0;
  return ones / SIZE;
}

describe('marks to learn from', () => {
  it('are those of the mask without a teacher', () => {
    expect([share(0, null), share(1, null)]).toEqual([0, 1]);
  });

  // Four standard deviations of a share of 1/2 in 40,000 draws are 0.01.
  it.each([
    [0, 0, 0],
    [1, 0, 0.5],
    [0, 1, 0.5],
    [1, 1, 1],
    [0, 0.3, 0.15],
    [1, 0.3, 0.65],
  ])('are on average half the mask (%i) and half the teacher (%f)', (mark, probability, expected) => {
    expect(Math.abs(share(mark, probability) - expected)).toBeLessThan(0.01);
  });

  it('are the same for the same seed and others for another', () => {
    const sample = { mask: new Uint8Array(64), teacher: new Uint8Array(64).fill(128) };
    const draw = (seed: number): number[] => {
      const markOf = marksOf(sample, Random.fromSeed(seed));
      return Array.from({ length: 64 }, (_, pixel) => markOf(pixel));
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
