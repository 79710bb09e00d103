import type { Split } from '#common/dataset/dataset.ts';
import type { Fold } from '#common/dataset/fold.ts';
import { CcnetError } from '#common/errors.ts';
import { HELD_OUT_SHARE } from './assignSplits.ts';
import { imagesOf, inseparable, type SplitSample } from './inseparable.ts';
import { takeShare } from './takeShare.ts';

/**
 * Deals samples for one fold, one entry per sample. In their order they are cut into `fold.of` blocks of nearly equal size, without tearing groups
 * or copies apart; the fold's block is the test, a fifth of the others, those that follow it (going round), is validation, the rest is
 * learnt from. Folds test each image once and depend on contents, groups and order alone.
 *
 * @throws too-few-for-folds when there are too few images or groups
 */
export function foldSplits(samples: readonly SplitSample[], fold: Fold): Split[] {
  const parts = inseparable(samples);
  // Outside of the block that is tested, one part is needed to learn from and one to tune by.
  const fewest = fold.of === 2 ? 2 : 1;
  const needed = Math.max(fold.of + 1, 2 * fewest);
  if (parts.length < needed) {
    throw new CcnetError('too-few-for-folds', { parts: parts.length, folds: fold.of, needed });
  }
  const queue = [...parts];
  const blocks = Array.from({ length: fold.of }, (_, index) => {
    const left = fold.of - index;
    return left === 1
      ? queue.splice(0)
      : takeShare(queue, imagesOf(queue) / left, fewest * (left - 1), fewest);
  });
  const around = [...blocks.slice(fold.number), ...blocks.slice(0, fold.number - 1)].flat();
  const validation = takeShare(around, HELD_OUT_SHARE * imagesOf(around), 1);
  const result: Split[] = samples.map(() => 'train');
  for (const { members } of blocks[fold.number - 1] ?? [])
    for (const index of members) result[index] = 'test';
  for (const { members } of validation) for (const index of members) result[index] = 'validation';
  return result;
}
