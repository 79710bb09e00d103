import { createHash } from 'node:crypto';
import type { Sample, Split } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import { FEWEST_IMAGES } from './decoding/limits.ts';

/** Share of the different images that validation and test each get; at least one image, training gets the rest. */
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

type SplitSample = Pick<Sample, 'imageHash' | 'givenSplit'>;

/** Images of the same content, which must not be torn apart. */
interface Group {
  readonly hash: string;
  readonly members: readonly number[];
  readonly given: Split | null;
}

/**
 * Splits samples 60/20/20 into training, validation and test, one entry per sample. Deterministic: depends on contents
 * (and, when ordered, on order) and seed only. Splits that the data set's folders prescribe are kept; a missing
 * validation or test part is then taken from training. Copies of an image share a split; across prescribed splits, the
 * one that keeps the test honest wins (test before validation before train).
 *
 * @throws too-few-images when there are fewer than three different images to share out
 */
export function assignSplits(samples: readonly SplitSample[], options: SplitOptions = {}): Split[] {
  const { seed = 0, order = 'hashed' } = options;
  const groups = groupByContent(samples);
  if (groups.length < FEWEST_IMAGES) throw tooFew(groups.length);
  const pool = groups.filter((group) => group.given === null || group.given === 'train');
  const has = (split: Split): boolean => groups.some((group) => group.given === split);
  const honoured = has('train') || pool.length > 0 ? (split: Split) => has(split) : () => false;
  // With a prescribed part missing, it is taken from what remains beside the other: 0.2 of all is 0.25 of 0.8.
  const takenFromPool = (['test', 'validation'] as const).filter((split) => !honoured(split));
  const share = takenFromPool.length === 2 ? HELD_OUT_SHARE : HELD_OUT_SHARE / (1 - HELD_OUT_SHARE);
  const source = pool.length > 0 ? pool : groups;
  if (source.length <= takenFromPool.length) throw tooFew(source.length);

  const splits = new Map<Group, Split>(groups.map((group) => [group, group.given ?? 'train']));
  const queue = order === 'ordered' ? [...source].reverse() : shuffled(source, seed);
  const held = Math.max(1, Math.round(share * source.length));
  takenFromPool.forEach((split, part) => {
    for (const group of queue.slice(part * held, (part + 1) * held)) splits.set(group, split);
  });
  const result: Split[] = samples.map(() => 'train');
  for (const [group, split] of splits) for (const member of group.members) result[member] = split;
  return result;
}

function groupByContent(samples: readonly SplitSample[]): Group[] {
  const members = new Map<string, number[]>();
  samples.forEach((sample, index) => {
    members.set(sample.imageHash, [...(members.get(sample.imageHash) ?? []), index]);
  });
  return [...members].map(([hash, indices]) => {
    const given = new Set(indices.map((index) => samples[index]?.givenSplit ?? null));
    const strictest = (['test', 'validation', 'train'] as const).find((split) => given.has(split));
    return { hash, members: indices, given: strictest ?? null };
  });
}

function shuffled(groups: readonly Group[], seed: number): Group[] {
  const key = (group: Group): string => createHash('sha256').update(`${seed}:${group.hash}`).digest('hex');
  const keyed = groups.map((group) => ({ group, key: key(group) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ group }) => group);
}

function tooFew(images: number): CcnetError {
  return new CcnetError('too-few-images', { images, fewest: FEWEST_IMAGES });
}
