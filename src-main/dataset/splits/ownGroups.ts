import type { Sample } from '#common/dataset/dataset.ts';
import { FEWEST_IMAGES } from '../decoding/limits.ts';

type Grouped = Pick<Sample, 'group'>;

/** What samples belong to by their format, or null where nothing does. */
export function ownGroups(samples: readonly Grouped[]): (string | null)[] | null {
  return samples.some(({ group }) => group) ? samples.map(({ group }) => group ?? null) : null;
}

/** Volumes or patients that are too few to lie on three sides, so that their slices cannot be kept together; null otherwise. */
export function tooFewVolumes(samples: readonly Grouped[]): number | null {
  const groups = ownGroups(samples);
  if (!groups) return null;
  const parts =
    new Set(groups.filter((group) => group !== null)).size + groups.filter((group) => group === null).length;
  return parts < FEWEST_IMAGES ? parts : null;
}
