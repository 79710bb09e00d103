import type { Finding } from '#common/dataset/dataset.ts';
import type { ClassifiedPath } from './classifyPaths.ts';

/** How images and masks of one name may belong together that lie in folders of different names. */
export interface Places {
  /** They lie in folders of two patients, sites or the like, and their name is no more than a number: it is another's. */
  readonly areApart: (image: ClassifiedPath, mask: ClassifiedPath) => boolean;
  /** They do so, and nothing tells whether folders mean that. */
  readonly areDoubtful: (image: ClassifiedPath, mask: ClassifiedPath) => boolean;
}

/** A number, a word, or both: what every folder may have. */
const COMMON_NAME = /^\p{L}*_?\p{N}*$/u;

/**
 * Folders beside those of images and masks tell patients apart where some folder holds both.
 * @param images all of them @param masks all of them
 */
export function placesOf(images: readonly ClassifiedPath[], masks: readonly ClassifiedPath[]): Places {
  const keyOf = ({ beside }: ClassifiedPath): string => beside.join('/');
  const ofImages = new Set(images.map(keyOf));
  const areKept = masks.some((mask) => mask.beside.length > 0 && ofImages.has(keyOf(mask)));
  const differ = (image: ClassifiedPath, mask: ClassifiedPath): boolean =>
    COMMON_NAME.test(image.bare) &&
    image.beside.some((folder) => !mask.beside.includes(folder)) &&
    mask.beside.some((folder) => !image.beside.includes(folder));
  return {
    areApart: (image, mask) => areKept && differ(image, mask),
    areDoubtful: (image, mask) => !areKept && differ(image, mask),
  };
}

/** Images that got the masks of a folder of another name, by numbers alone. */
export function acrossFolders(image: ClassifiedPath, mask: ClassifiedPath): Finding {
  return {
    severity: 'warning',
    code: 'paired-across-folders',
    file: image.folder,
    problem: `Its images are paired with masks of ${mask.folder}, by names that other folders may have as well (${image.path} and ${mask.path}).`,
    remedy: [
      'Look at the images with their masks over them; give the folders one name where they belong together.',
      { kind: 'pair-by-hand' },
    ],
  };
}
