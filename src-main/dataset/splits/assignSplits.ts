import { createHash } from 'node:crypto';
import type { Sample, Split } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import { FEWEST_IMAGES } from '../decoding/limits.ts';
import { type Inseparable, imagesOf, inseparable, type SplitSample } from './inseparable.ts';
import { takeShare } from './takeShare.ts';

/** Share of the images that validation and test each get; at least one part, training gets the rest. */
export const HELD_OUT_SHARE = 0.2;

export interface SplitOptions {
  /** Another seed makes another, equally reproducible split. */
  readonly seed?: number;
  /**
   * "hashed": by content, independent of names and order. "ordered": contiguous blocks in the given order, training
   * first, test last, for movies and stacks whose neighbours look alike.
   */
  readonly order?: 'hashed' | 'ordered';
}

interface Part extends Inseparable {
  readonly given: Split | null;
}

/**
 * Splits samples 60/20/20 into training, validation and test, one entry per sample. Deterministic: depends on contents, groups
 * (and, when ordered, on order) and seed only. Images of one group, and copies of an image, share a split. Splits that the data set's
 * folders prescribe are kept; a missing validation or test part is then taken from training; where copies or a group lie across
 * prescribed splits, the one that keeps the test honest wins (test before validation before train).
 *
 * @throws too-few-images or too-few-groups when there are fewer than three different images or groups to share out
 */
export function assignSplits(
  samples: readonly (SplitSample & Pick<Sample, 'givenSplit'>)[],
  options: SplitOptions = {},
): Split[] {
  const { seed = 0, order = 'hashed' } = options;
  const parts = inseparable(samples).map((part) => ({ ...part, given: strictest(part, samples) }));
  if (parts.length < FEWEST_IMAGES) throw tooFew(samples, parts.length);
  const pool = parts.filter((part) => part.given === null || part.given === 'train');
  const has = (split: Split): boolean => parts.some((part) => part.given === split);
  const honoured = has('train') || pool.length > 0 ? (split: Split) => has(split) : () => false;
  // With a prescribed part missing, it is taken from what remains beside the other: 0.2 of all is 0.25 of 0.8.
  const takenFromPool = (['test', 'validation'] as const).filter((split) => !honoured(split));
  const share = takenFromPool.length === 2 ? HELD_OUT_SHARE : HELD_OUT_SHARE / (1 - HELD_OUT_SHARE);
  const source = pool.length > 0 ? pool : parts;
  if (source.length <= takenFromPool.length) throw tooFew(samples, source.length);

  const splits = new Map<Part, Split>(parts.map((part) => [part, part.given ?? 'train']));
  const queue = order === 'ordered' ? [...source].reverse() : shuffled(source, seed);
  const target = Math.max(1, Math.round(share * imagesOf(source)));
  takenFromPool.forEach((split, done) => {
    // The parts still to be held out, and training, need one part each.
    const spare = takenFromPool.length - done;
    for (const part of takeShare(queue, target, spare)) splits.set(part, split);
  });
  const result: Split[] = samples.map(() => 'train');
  for (const [part, split] of splits) for (const member of part.members) result[member] = split;
  return result;
}

function strictest({ members }: Inseparable, samples: readonly Pick<Sample, 'givenSplit'>[]): Split | null {
  const given = new Set(members.map((index) => samples[index]?.givenSplit ?? null));
  return (['test', 'validation', 'train'] as const).find((split) => given.has(split)) ?? null;
}

function shuffled<Some extends Inseparable>(parts: readonly Some[], seed: number): Some[] {
  const key = (part: Some): string => createHash('sha256').update(`${seed}:${part.hash}`).digest('hex');
  const keyed = parts.map((part) => ({ part, key: key(part) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ part }) => part);
}

function tooFew(samples: readonly SplitSample[], parts: number): CcnetError {
  const grouped = samples.some(({ group }) => group !== null && group !== undefined);
  return grouped
    ? new CcnetError('too-few-groups', { groups: parts, images: samples.length, fewest: FEWEST_IMAGES })
    : new CcnetError('too-few-images', { images: parts, fewest: FEWEST_IMAGES });
}
