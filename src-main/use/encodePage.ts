import { sharp } from '../dataset/decoding/imageDecoder.ts';
import type { Size } from '../dataset/working/resampleRows.ts';
import { resizeMask } from '../dataset/working/resizeMask.ts';
import { drawOutline, OUTLINE } from '../export/report/outline.ts';

/** Micrometres in a millimetre, in which libvips gives resolutions. */
const MICROMETRES = 1000;

/**
 * One channel of 8 bits as the file that its name promises: PNG, or TIFF (deflate) with the pixel size where it is known.
 * @param values height * width
 */
export async function encodeGrey(
  values: Uint8Array,
  { width, height }: Size,
  name: string,
  pixelSize: number | null,
): Promise<Buffer> {
  const image = sharp(values, { raw: { width, height, channels: 1 }, limitInputPixels: false }).toColourspace(
    'b-w',
  );
  if (name.endsWith('.png')) return image.png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer();
  const resolution = pixelSize === null ? null : MICROMETRES / pixelSize;
  return image
    .tiff({
      compression: 'deflate',
      predictor: 'none',
      ...(resolution !== null && { xres: resolution, yres: resolution, resolutionUnit: 'cm' }),
    })
    .toBuffer();
}

/** 0 and 1 as 0 and 255, in place. */
export function toBlackAndWhite(mask: Uint8Array): Uint8Array {
  for (let at = 0; at < mask.length; at += 1) mask[at] = mask[at] === 1 ? 255 : 0;
  return mask;
}

/** A picture of an image. */
export interface Picture extends Size {
  /** height * width * 3 bytes. */
  readonly pixels: Uint8Array;
}

/**
 * The picture with the outlines of what was found, and of what was drawn, as PNG.
 * @param masks 0 or 1, at the size `own`
 */
export async function encodeOverlay(
  picture: Picture,
  masks: { readonly found: Uint8Array; readonly drawn: Uint8Array | null },
  own: Size,
): Promise<Buffer> {
  const { width, height } = picture;
  const pixels = picture.pixels.slice();
  const draw = (mask: Uint8Array, colour: readonly [number, number, number]): void =>
    drawOutline(pixels, resizeMask(mask, own, picture), { width, height }, colour);
  if (masks.drawn) draw(masks.drawn, OUTLINE.reference);
  draw(masks.found, OUTLINE.prediction);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
