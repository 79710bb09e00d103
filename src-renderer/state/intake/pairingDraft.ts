import type { Examination } from '#common/dataset/dataset.ts';
import type { Pairing } from '#contract/jobs/requestFields.ts';

export interface PairingRow {
  readonly image: string;
  readonly masks: readonly string[];
}

/**
 * What pairing by hand starts from: the pairs that were found, the images that have none, and everything that may be a mask.
 * @returns rows in the order of pairs, unpaired images first, because they need the work
 */
export function pairingDraft(
  samples: readonly PairingRow[],
  candidates: NonNullable<Examination['candidates']>,
): { rows: readonly PairingRow[]; masks: readonly string[] } {
  const paired = new Map(samples.map(({ image, masks }) => [image, masks]));
  const used = new Set(samples.flatMap(({ masks }) => masks));
  const lonely = candidates.images.filter((file) => !paired.has(file) && !used.has(file));
  return {
    rows: [
      ...lonely.map((image) => ({ image, masks: [] })),
      ...[...paired].map(([image, own]) => ({ image, masks: own })),
    ],
    // Where no naming convention fits, any file may be the mask of another.
    masks: [...new Set([...used, ...candidates.masks, ...lonely])].sort(),
  };
}

/** Rows with at least one mask, as a job takes them; an image that serves as a mask is no image. */
export function toPairing(rows: readonly PairingRow[]): Pairing {
  const used = new Set(rows.flatMap((row) => row.masks));
  return Object.fromEntries(
    rows
      .filter((row) => row.masks.length > 0 && !used.has(row.image))
      .map((row) => [row.image, [...row.masks]]),
  );
}
