import type { Split } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import { fileOfMask } from '../annotations/maskReference.ts';
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
 * @throws pairing-names-unknown-file or paired-with-no-mask, for the first of such
 */
export function manualPairs(
  pairing: readonly ManualPair[],
  paths: readonly string[],
): Omit<Discovery, 'candidates'> {
  const known = new Set(paths);
  for (const { image, masks } of pairing) {
    const missing = [image, ...masks.map(fileOfMask)].find((path) => !known.has(path));
    if (missing !== undefined) {
      throw new CcnetError('pairing-names-unknown-file', { file: missing });
    }
    if (masks.length === 0) throw new CcnetError('paired-with-no-mask', { file: image });
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
    maskSources: new Map(),
    counted: {
      images: pairing.length,
      masks: pairing.reduce((sum, pair) => sum + pair.masks.length, 0),
      unreadable: 0,
    },
  };
}
