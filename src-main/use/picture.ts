import { decodeWhole } from '../dataset/decoding/decodeWhole.ts';
import type { Raster } from '../dataset/decoding/raster.ts';
import { unreadable } from '../dataset/decoding/unreadable.ts';
import { workingImage } from '../dataset/working/workingImage.ts';
import type { Picture } from './encodePage.ts';
import type { BandedImage } from './bandedImage.ts';
import { fromTop } from './largeImage.ts';

/** Size of a picture of an image that is no longer than `longest` on either side, and never larger than the image. */
export function pictureSize(
  { width, height }: { readonly width: number; readonly height: number },
  longest: number,
): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** A picture of an image in memory, its intensities as a network is shown them. */
export async function pictureOf(raster: Raster, longest: number): Promise<Picture> {
  const size = pictureSize(raster, longest);
  const intensities = await workingImage(raster, size, 3);
  return {
    ...size,
    pixels: new Uint8Array(Uint8ClampedArray.from(intensities, (value) => value * 255).buffer),
  };
}

/** A picture of an image that is read in bands. */
export async function pictureOfLarge(image: BandedImage, longest: number): Promise<Picture> {
  const size = pictureSize(image, longest);
  const { data } = await decodeWhole(image.path, image.format, fromTop(image.page), (whole) =>
    whole
      .resize(size.width, size.height, { fit: 'fill' })
      .normalise({ lower: image.depth === 8 ? 0 : 1, upper: image.depth === 8 ? 100 : 99 })
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' }),
  ).catch((cause: unknown) => {
    throw unreadable(image.name, cause);
  });
  const channels = data.length / (size.width * size.height);
  const pixels =
    channels === 3
      ? new Uint8Array(data)
      : Uint8Array.from(
          { length: size.width * size.height * 3 },
          (_, at) => data[Math.floor(at / 3) * channels] ?? 0,
        );
  return { ...size, pixels };
}
