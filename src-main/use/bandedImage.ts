import { rm } from 'node:fs/promises';
import { PREPARATION } from '#common/preparation/preparation.ts';
import { CcnetError, reasonOf } from '#common/errors.ts';
import { readWhole } from '../dataset/decoding/decodeWhole.ts';
import { sharp } from '../dataset/decoding/imageDecoder.ts';
import type { PictureFormat } from '../dataset/decoding/imageFormat.ts';
import { MAX_PIXELS } from '../dataset/decoding/limits.ts';
import type { IntensityRange } from '../dataset/decoding/rescaleIntensity.ts';
import { unreadable } from '../dataset/decoding/unreadable.ts';
import type { Size } from '../dataset/working/resampleRows.ts';
import { copyOfValues } from './copyOfValues.ts';
import { fromTop, type LargeImage } from './largeImage.ts';
import { FLOAT_STEPS, sixteenBitCopy } from './sixteenBitCopy.ts';

/** A page whose rows libvips can resample as they are: 8 or 16 bits, without transparency or palette. */
export interface BandedImage extends Size {
  readonly path: string;
  /** As messages call it. */
  readonly name: string;
  readonly format: PictureFormat;
  readonly page: number;
  readonly channels: 1 | 3;
  readonly depth: 8 | 16;
  readonly space: 'b-w' | 'srgb' | 'grey16' | 'rgb16';
  /** Stored values that become 0 and 1; null where the image's own quantiles are. */
  readonly range: IntensityRange | null;
}

/** A page that can be read in bands, and what to do when that is no longer needed. */
export interface OpenedBands {
  readonly image: BandedImage;
  /** A plain copy lies on disk. */
  readonly copied: boolean;
  close(): Promise<void>;
}

/**
 * A large image as one that is read in bands. What cannot be resampled as it is (float and signed values, 32-bit numbers, transparency,
 * palettes, compressions that libvips lacks) is first written out plain, in one pass from its top: transparency is left away, as everywhere, and float values become 16-bit steps of
 * their range, as `workingImage` makes them.
 * @param temporary path that the copy's file names begin with
 * @param onPart told how much of the copy is done, 0 to 1; may throw to stop
 * @throws image-damaged, image-too-large, target-unwritable
 */
export async function openBands(
  image: LargeImage,
  temporary: string,
  onPart: (done: number) => void,
): Promise<OpenedBands> {
  const { path, name, format, page, width, height, channels, depth, space } = image;
  const same = { path, name, format, page, width, height, channels };
  const isPlain = depth !== 32 && !image.mixed && !image.asValues;
  // A copy takes up to twelve bytes a pixel of the disk, which a tiny file can ask for.
  if (!isPlain && width * height > MAX_PIXELS) {
    throw new CcnetError('image-too-large', { file: name, width, height, most: MAX_PIXELS });
  }
  if (depth !== 32 && space !== 'scrgb') {
    const range = depth === 8 ? PREPARATION.eightBit : null;
    if (isPlain)
      return { image: { ...same, depth, space, range }, copied: false, close: () => Promise.resolve() };
    const copy = `${temporary}.tif`;
    await plainCopy(image, copy);
    onPart(1);
    return {
      image: { ...same, path: copy, format: 'tiff', page: 0, depth, space, range },
      copied: true,
      close: () => rm(copy, { force: true }),
    };
  }
  const values = `${temporary}.v`;
  const copy = `${temporary}.tif`;
  try {
    await plainCopy(image, values);
    onPart(0.4);
    await sixteenBitCopy(image, values, copy, (done) => onPart(0.4 + 0.6 * done));
  } catch (error) {
    await rm(copy, { force: true });
    throw error;
  } finally {
    await rm(values, { force: true });
  }
  return {
    image: {
      ...same,
      path: copy,
      format: 'tiff',
      page: 0,
      depth: 16,
      space: channels === 1 ? 'grey16' : 'rgb16',
      range: FLOAT_STEPS,
    },
    copied: true,
    close: () => rm(copy, { force: true }),
  };
}

/** Writes the stored values of a page into a file of its own, uncompressed and without transparency, as the name's end says. */
async function plainCopy(image: LargeImage, to: string): Promise<void> {
  const { path, name, format, page, space } = image;
  if (image.asValues) return copyOfValues(image, to);
  try {
    await readWhole(format, (failOn) => {
      const plain = sharp(path, { ...fromTop(page), failOn })
        .pipelineColourspace(space)
        .removeAlpha()
        .toColourspace(space);
      return (to.endsWith('.tif') ? plain.tiff({ compression: 'none' }) : plain).toFile(to);
    });
  } catch (cause) {
    await rm(to, { force: true });
    const reason = reasonOf(cause);
    if (/no space|disc full|unable to write|unable to open for write|permission/i.test(reason)) {
      throw new CcnetError('target-unwritable', { path: to, reason }, { cause });
    }
    throw unreadable(name, cause);
  }
}
