import { CcnetError } from '#common/errors.ts';

/** Most pixels of one image (or one page of a stack) that are ever decoded. */
export const MAX_PIXELS = 400e6;

/** Most bytes of one decoded image: 400 megapixels of 16-bit grey, 267 of 8-bit colour. */
export const MAX_DECODED_BYTES = 800e6;

/** Decoded bytes of images and masks that are worked on at the same time. Working on them takes up to a quarter more. */
export const MAX_BYTES_AT_ONCE = 800e6;

/** Most bytes that decoding one image and its masks takes together: 15,000 x 12,000 pixels of 8-bit colour with an 8-bit mask. */
export const MAX_PAIR_BYTES = 900e6;

/** Largest image file that is read into memory, in bytes. */
export const MAX_FILE_BYTES = 1024 ** 3;

/** What a .zip may hold. Archives are read entry by entry, never unpacked to disk. */
export interface ZipLimits {
  readonly entries: number;
  /** Uncompressed bytes of one entry. */
  readonly entryBytes: number;
  /** Uncompressed bytes of all entries. */
  readonly totalBytes: number;
  /** Uncompressed / compressed, for anything larger than `ratioFromBytes`: flat masks in TIFF or BMP honestly reach 1000. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

export const ZIP_LIMITS: ZipLimits = {
  entries: 200_000,
  entryBytes: MAX_FILE_BYTES,
  totalBytes: 256 * 1024 ** 3,
  ratio: 200,
  ratioFromBytes: 64 * 1024 ** 2,
};

/** Fewest usable images of different content: one each for training, validation and test. */
export const FEWEST_IMAGES = 3;

/** Below this many images a measured accuracy says little. */
export const FEW_IMAGES = 12;

/** Shorter side, in pixels, below which an image is unusable, and below which it is worth a warning. */
export const UNUSABLE_SIDE = 16;
export const SMALL_SIDE = 64;

/** Longest image taken, as longer side / shorter side: the shorter side is scaled to the working resolution. */
export const MAX_ASPECT = 16;

/** Most bytes of the voxels of one volume, unpacked: a brain of 512 x 512 x 512 float values has 0.5 GiB. */
export const MAX_VOLUME_BYTES = 2 * 1024 ** 3;

/**
 * Refuses what is never decoded.
 * @param valueBytes of one value as it is held
 * @returns the bytes of all pixels
 * @throws image-too-large, image-takes-too-much
 */
export function requireReadableSize(
  file: string,
  {
    width,
    height,
    channels,
    valueBytes,
  }: {
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly valueBytes: number;
  },
): { bytes: number } {
  if (width * height > MAX_PIXELS) {
    throw new CcnetError('image-too-large', { file, width, height, most: MAX_PIXELS });
  }
  const bytes = width * height * channels * valueBytes;
  if (bytes > MAX_DECODED_BYTES) {
    const facts = { file, width, height, channels, bits: valueBytes * 8, most: MAX_DECODED_BYTES };
    throw new CcnetError('image-takes-too-much', facts);
  }
  return { bytes };
}

/** Largest file of annotations: as an object in memory it takes some ten times as much. */
export const MAX_ANNOTATION_BYTES = 256 * 1024 ** 2;
