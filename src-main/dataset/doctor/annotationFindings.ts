import type { Finding } from '#common/dataset/dataset.ts';
import { counted } from '#common/format.ts';
import { fileOfMask } from '../annotations/maskReference.ts';
import type { DecodedPair, PairFiles } from '../pairing/pairFiles.ts';

/** What the annotation files of a pair hold that is no area, and so marks nothing. */
export function leftOutFindings({ image, masks }: PairFiles): Finding[] {
  return masks.flatMap((mask): Finding[] => {
    if (!('drawing' in mask) || mask.drawing.leftOut.size === 0) return [];
    const named = [...mask.drawing.leftOut].map(([what, times]) => counted(times, what, plural(what)));
    return [
      {
        severity: 'warning',
        code: 'annotations-left-out',
        file: fileOfMask(mask.path),
        problem: `On ${image.path} ${named.join(' and ')} are no areas and mark nothing.`,
        remedy: 'Draw outlines where objects are to be marked; nothing to do where none are.',
      },
    ];
  });
}

const plural = (what: string): string =>
  /box$/.test(what) ? `${what}es` : /y$/.test(what) ? `${what.slice(0, -1)}ies` : `${what}s`;

/** Outlines that lie wholly outside of their image: they were drawn on another size. */
export function outsideFindings(files: PairFiles, { outside, image }: DecodedPair): Finding[] {
  if (outside === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'outlines-outside',
      file: files.masks[0] ? fileOfMask(files.masks[0].path) : files.image.path,
      problem: `${counted(outside, 'outline')} lie${outside === 1 ? 's' : ''} wholly outside of ${files.image.path}, which is ${image.width} x ${image.height} pixels.`,
      remedy: [
        { kind: 'look-at-overlay' },
        'Check that the annotations were drawn on this image, at this size.',
      ],
    },
  ];
}
