import { sharp } from '../decoding/imageDecoder.ts';
import type { Raster } from '../decoding/raster.ts';
import { enlargeImage } from './enlargeImage.ts';

/**
 * Resizes 8- or 16-bit pixels at their depth: Lanczos 3 (as VIPS computes it) when shrinking, enlargeImage when enlarging.
 * @returns height * width * channels values, channel-last
 */
export async function resizeImage(
  raster: Pick<Raster, 'width' | 'height' | 'channels' | 'bitDepth' | 'data'>,
  width: number,
  height: number,
): Promise<Raster['data']> {
  const { channels, bitDepth } = raster;
  if (bitDepth === 32)
    throw new RangeError('Float pixels must be brought to 16 bits first: sharp would clip them.');
  if (width === raster.width && height === raster.height) return raster.data;
  if (width >= raster.width) return enlargeImage(raster, { width, height });
  const depth = bitDepth === 8 ? 'uchar' : 'ushort';
  // Reading and writing in the same space keeps the values from being converted between colour spaces.
  const space = bitDepth === 16 ? (channels === 1 ? 'grey16' : 'rgb16') : channels === 1 ? 'b-w' : 'srgb';
  const { data } = await sharp(raster.data, {
    raw: { width: raster.width, height: raster.height, channels },
    limitInputPixels: false,
  })
    .pipelineColourspace(space)
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace(space)
    .raw({ depth })
    .toBuffer({ resolveWithObject: true });
  const own = data.byteOffset % 2 === 0 ? data : Buffer.from(data);
  return bitDepth === 8
    ? new Uint8Array(own.buffer, own.byteOffset, own.length)
    : new Uint16Array(own.buffer, own.byteOffset, own.length / 2);
}
