import type { Finding, Sample } from '#common/dataset/dataset.ts';
import type { Pairing } from '#contract/jobs/requestFields.ts';

export interface PairingRow {
  readonly image: string;
  readonly masks: readonly string[];
}

/** Findings about a file that was read as an image, so that it may be paired by hand. */
const IMAGE_CODES = new Set(['unpaired-image', 'size-mismatch', 'pair-swapped', 'ambiguous-mask']);

/**
 * What pairing by hand starts from: the pairs that were found, the images that have none, and all masks.
 * @returns rows in the order of pairs, unpaired images first, because they need the work
 */
export function pairingDraft(
  samples: readonly Pick<Sample, 'image' | 'masks'>[],
  findings: readonly Finding[],
): { rows: readonly PairingRow[]; masks: readonly string[] } {
  const paired = new Map(samples.map(({ image, masks }) => [image, masks]));
  const files = (wanted: (code: string) => boolean): string[] =>
    findings.filter((finding) => finding.file !== '.' && wanted(finding.code)).map((finding) => finding.file);
  const lonely = [...new Set(files((code) => IMAGE_CODES.has(code)))].filter((image) => !paired.has(image));
  const masks = new Set([
    ...samples.flatMap((sample) => sample.masks),
    ...files((c) => c === 'unpaired-mask'),
  ]);
  // Where no naming convention fits, any file may be the mask of another.
  for (const image of lonely) masks.add(image);
  return {
    rows: [
      ...lonely.map((image) => ({ image, masks: [] })),
      ...[...paired].map(([image, own]) => ({ image, masks: own })),
    ],
    masks: [...masks].sort(),
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
