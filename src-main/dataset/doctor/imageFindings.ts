import type { Finding } from '#common/dataset/dataset.ts';
import type { Remedy } from '#common/failures/remedy.ts';
import type { FilePair } from '../pairing/filePair.ts';
import type { DecodedPair } from '../pairing/pairFiles.ts';
import type { Raster } from '../decoding/raster.ts';

/** Fewer different values than this, and more than one, are a drawing and no image of anything. */
const MASK_LIKE_VALUES = 4;

/** What is remarkable about the image of a pair but its size (sizeFindings). Errors make the pair unusable. */
export function imageFindings(pair: FilePair, decoded: DecodedPair): Finding[] {
  const { image, maskWidth, maskHeight } = decoded;
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], code: string, problem: string, remedy: Remedy): void => {
    findings.push({ severity, code, file: pair.image, problem, remedy });
  };
  if (image.width === maskWidth && image.height === maskHeight) orientationFinding(decoded, add);
  const values = fewValues(image);
  if (values === 1) {
    add(
      'warning',
      'constant-image',
      'All pixels have the same value.',
      'Check the file; remove the pair if it is blank.',
    );
  } else if (values <= MASK_LIKE_VALUES) {
    const swapped = decoded.mask.doubts.includes('photo');
    add(
      swapped ? 'error' : 'warning',
      swapped ? 'pair-swapped' : 'image-looks-like-mask',
      swapped
        ? 'The image looks like a mask and its mask like a photograph.'
        : `The image has only ${values} different values, as masks have.`,
      swapped ? 'Exchange the two files.' : 'Check that the file is an image and no mask.',
    );
  }
  if (image.notFinite) {
    add(
      'warning',
      'not-finite',
      'Some pixels are NaN or infinite; they are read as the lowest value.',
      'Check how the image was exported.',
    );
  }
  return findings;
}

function orientationFinding(
  { image, imageWasTurned }: DecodedPair,
  add: (severity: Finding['severity'], code: string, problem: string, remedy: Remedy) => void,
): void {
  if (imageWasTurned) {
    const problem = 'The image was turned as its EXIF tag asks, because only then the mask fits.';
    add('info', 'orientation-applied', problem, ['Nothing has to be done.', { kind: 'look-at-overlay' }]);
  } else if (image.orientation > 1) {
    const problem = `The image carries the EXIF orientation ${image.orientation}, which is not applied, as the mask fits without.`;
    add('warning', 'orientation-ignored', problem, [
      { kind: 'look-at-overlay' },
      'If it is turned, save the image upright without the tag.',
    ]);
  }
}

/** Number of different pixel values, counted up to a few; 1 is a constant image. */
function fewValues({ data, channels }: Raster): number {
  const seen = new Set<string | number>();
  for (let index = 0; index < data.length && seen.size <= MASK_LIKE_VALUES; index += channels) {
    const first = data[index] ?? 0;
    seen.add(channels === 1 ? first : `${first},${data[index + 1]},${data[index + 2]}`);
  }
  return seen.size;
}
