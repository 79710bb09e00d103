import { describe, expect, it } from 'vitest';
import type { Split } from '#common/dataset/dataset.ts';
import { assignSplits } from '../../../src-main/dataset/splits/assignSplits.ts';

const sample = (
  imageHash: string,
  givenSplit: Split | null = null,
): { imageHash: string; givenSplit: Split | null } => ({
  imageHash,
  givenSplit,
});
const many = Array.from({ length: 50 }, (_, index) => sample(`hash${index}`));

function counts(splits: readonly Split[]): [train: number, validation: number, test: number] {
  const count = (split: Split): number => splits.filter((found) => found === split).length;
  return [count('train'), count('validation'), count('test')];
}

describe('a split', () => {
  it.each([
    [3, [1, 1, 1]],
    [4, [2, 1, 1]],
    [10, [6, 2, 2]],
    [16, [10, 3, 3]],
    [50, [30, 10, 10]],
  ])('of %i images is 60/20/20 with at least one each', (size, expected) => {
    expect(counts(assignSplits(many.slice(0, size)))).toEqual(expected);
  });

  it('depends on contents and seed, not on order', () => {
    const straight = assignSplits(many);
    expect(assignSplits([...many].reverse()).reverse()).toEqual(straight);
    expect(assignSplits(many, { seed: 1 })).not.toEqual(straight);
  });

  it('keeps copies of an image together', () => {
    const twice = [...many, ...many];
    const splits = assignSplits(twice);
    expect(splits.slice(50)).toEqual(splits.slice(0, 50));
  });

  it('cuts contiguous blocks when order matters', () => {
    expect(assignSplits(many.slice(0, 10), { order: 'ordered' })).toEqual([
      ...Array<Split>(6).fill('train'),
      ...Array<Split>(2).fill('validation'),
      ...Array<Split>(2).fill('test'),
    ]);
  });

  it('keeps prescribed parts and takes the missing one from training', () => {
    const given = many.map((entry, index) => sample(entry.imageHash, index < 40 ? 'train' : 'test'));
    const splits = assignSplits(given);
    expect(splits.slice(40)).toEqual(Array(10).fill('test'));
    expect(counts(splits)).toEqual([30, 10, 10]);
    const withValidation = many.map((entry, index) =>
      sample(entry.imageHash, index < 40 ? 'train' : 'validation'),
    );
    expect(counts(assignSplits(withValidation))).toEqual([30, 10, 10]);
  });

  it('changes nothing when all three parts are prescribed', () => {
    const given: Split[] = ['train', 'test', 'validation', 'train'];
    expect(assignSplits(given.map((split, index) => sample(`h${index}`, split)))).toEqual(given);
  });

  it('moves a copy that leaks between prescribed parts out of training', () => {
    const leaking = [sample('a', 'train'), sample('b', 'train'), sample('c', 'train'), sample('a', 'test')];
    const splits = assignSplits(leaking);
    expect([splits[0], splits[3]]).toEqual(['test', 'test']);
    expect(counts(splits.slice(1, 3))).toEqual([1, 1, 0]);
  });

  it('of fewer than three different images is refused', () => {
    expect(() => assignSplits([sample('a'), sample('b'), sample('b')])).toThrow(
      'Only 2 different images can be shared out',
    );
  });
});
