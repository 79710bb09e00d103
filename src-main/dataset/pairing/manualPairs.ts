import type { Split } from '#common/dataset/dataset.ts';
import { UsageError } from '#common/errors.ts';
import type { Discovery } from './discoverPairs.ts';

/** An image and its mask(s) as a person paired them; paths relative to the root. */
export interface ManualPair {
  readonly image: string;
  readonly masks: readonly string[];
  readonly split?: Split;
}

/**
 * Takes pairs made by hand in place of discovered ones.
 * @param paths all files of the source
 * @throws UsageError naming the first file that is not in the source, or an image without masks
 */
export function manualPairs(pairing: readonly ManualPair[], paths: readonly string[]): Discovery {
  const known = new Set(paths);
  for (const { image, masks } of pairing) {
    const missing = [image, ...masks].find((path) => !known.has(path));
    if (missing !== undefined) {
      throw new UsageError(
        `"${missing}" is named in the pairing but is not in the data set.`,
        'Correct the pairing.',
      );
    }
    if (masks.length === 0) {
      throw new UsageError(
        `"${image}" is paired with no mask.`,
        'Name at least one mask file, or leave the image out.',
      );
    }
  }
  return {
    pairs: pairing.map(({ image, masks, split }) => ({
      image,
      masks,
      givenSplit: split ?? null,
      convention: 'paired by hand',
    })),
    findings: [],
    convention: 'paired by hand',
    counted: {
      images: pairing.length,
      masks: pairing.reduce((sum, pair) => sum + pair.masks.length, 0),
      unreadable: 0,
    },
  };
}
