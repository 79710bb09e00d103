import type { Finding } from '#common/dataset/dataset.ts';
import type { Remedy } from '#common/failures/remedy.ts';
import { MAX_ASPECT, SMALL_SIDE, UNUSABLE_SIDE } from '../decoding/limits.ts';
import { drawnParts } from '../annotations/maskReference.ts';
import type { FilePair } from '../pairing/filePair.ts';
import type { PairSize } from '../pairing/pairFiles.ts';

/** What is remarkable about the sizes of an image and its mask, known before any pixel is decoded. Errors make the pair unusable. */
export function sizeFindings(pair: FilePair, { image, mask }: PairSize): Finding[] {
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], code: string, problem: string, remedy: Remedy): void => {
    findings.push({ severity, code, file: pair.image, problem, remedy });
  };
  const size = `${image.width} x ${image.height}`;

  if (image.width !== mask.width || image.height !== mask.height) {
    const [first = ''] = pair.masks;
    const drawn = drawnParts(first);
    if (drawn)
      add(
        'error',
        'size-mismatch',
        `The image is ${size} pixels, and ${drawn.annotation} was drawn on one of ${mask.width} x ${mask.height}.`,
        'Put the image on which it was drawn in its place, or export the annotations for this one.',
      );
    else
      add(
        'error',
        'size-mismatch',
        `The image is ${size} pixels, its mask ${first} is ${mask.width} x ${mask.height}.`,
        ['Export the mask at the size of the image.', { kind: 'pair-by-hand' }],
      );
  }
  const shorter = Math.min(image.width, image.height);
  if (shorter < UNUSABLE_SIDE) {
    add(
      'error',
      'very-small-image',
      `The image is only ${size} pixels.`,
      `Use images of at least ${SMALL_SIDE} x ${SMALL_SIDE}.`,
    );
  } else if (shorter < SMALL_SIDE) {
    add(
      'warning',
      'very-small-image',
      `The image is only ${size} pixels and will be enlarged.`,
      'Use larger images if there are any.',
    );
  }
  if (Math.max(image.width, image.height) > MAX_ASPECT * shorter) {
    const problem = `The image is ${size} pixels: its longer side is more than ${MAX_ASPECT} times the shorter.`;
    add('error', 'extreme-shape', problem, 'Cut it into pieces, with its mask.');
  }
  return findings;
}
