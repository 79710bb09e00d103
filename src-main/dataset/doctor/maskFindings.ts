import type { Finding } from '#common/dataset/dataset.ts';
import { drawnParts } from '../annotations/maskReference.ts';
import type { FilePair } from '../pairing/filePair.ts';
import { IGNORED } from '#common/dataset/marks.ts';
import type { MaskDoubt } from '../masks/maskReading.ts';
import type { DecodedPair } from '../pairing/pairFiles.ts';

const DOUBTS: Record<MaskDoubt, Omit<Finding, 'file'>> = {
  damaged: {
    severity: 'warning',
    code: 'mask-damaged',
    problem:
      'Lossy compression or smoothing has changed the values of the mask; it was cut at half its range.',
    remedy: 'Export masks as PNG or TIFF without smoothing.',
  },
  photo: {
    severity: 'error',
    code: 'mask-looks-like-photo',
    problem: 'The mask looks like a photograph: its values vary smoothly instead of naming areas.',
    remedy: 'Check whether an image lies where its mask should be.',
  },
  'many-colours': {
    severity: 'warning',
    code: 'mask-many-colours',
    problem: 'The mask has more than 32 colours; every colour but the background is read as foreground.',
    remedy: 'If colours mean classes, export one binary mask of the class that is wanted.',
  },
  'no-background': {
    severity: 'warning',
    code: 'mask-without-background',
    problem:
      'The mask holds several values and none that is background in this data set; all of it is read as foreground.',
    remedy: [{ kind: 'look-at-overlay' }, 'Export all masks with the same value for background.'],
  },
};

const orientationIgnored = (file: string, orientation: number): Finding => ({
  severity: 'warning',
  code: 'mask-orientation-ignored',
  file,
  problem: `The mask carries the orientation ${orientation} (EXIF or TIFF), which is not applied: its pixels count as they are stored.`,
  remedy: [{ kind: 'look-at-overlay' }, 'If it is turned, save the mask upright without the tag.'],
});

/** What is remarkable about the mask of a pair. Errors make the pair unusable. */
export function maskFindings(pair: FilePair, decoded: DecodedPair): Finding[] {
  const { image, mask } = decoded;
  const [only = pair.image, ...others] = pair.masks;
  // An annotation file may draw on many images: of which is told.
  const file = others.length > 0 || drawnParts(only) ? pair.image : only;
  const turned = decoded.maskOrientation > 1 && decoded.maskOrientation !== image.orientation;
  const findings: Finding[] = turned ? [orientationIgnored(file, decoded.maskOrientation)] : [];
  findings.push(...mask.doubts.map((doubt) => ({ file, ...DOUBTS[doubt] })));
  let [pixels, foreground] = [0, 0];
  for (const mark of mask.foreground) {
    if (mark !== IGNORED) pixels += 1;
    if (mark === 1) foreground += 1;
  }
  if (foreground === 0) {
    findings.push({
      severity: 'warning',
      code: 'empty-mask',
      file,
      problem: 'The mask marks nothing.',
      remedy: 'Keep it if nothing is to be found in the image; otherwise draw or export it again.',
    });
  } else if (foreground === pixels && pixels > 0 && image.width > 0) {
    findings.push({
      severity: 'warning',
      code: 'full-mask',
      file,
      problem: 'The mask marks every pixel.',
      remedy: 'Check that foreground and background were not mixed up on export.',
    });
  }
  return findings;
}
