import { open, rm } from 'node:fs/promises';
import { CcnetError } from '#common/errors.ts';
import { eachTiffBand, tiffBands } from '../dataset/decoding/tiff/tiffBands.ts';
import { tiffFileAt } from '../dataset/decoding/tiff/tiffFile.ts';
import type { LargeImage } from './largeImage.ts';
import { plainTiffHead } from './plainTiffHead.ts';
import { VIPS_HEADER } from './sixteenBitCopy.ts';
import { unwritable } from './unwritable.ts';

/**
 * Writes the values of a TIFF that our own decoder reads, band by band: unsigned ones of 8 and 16 bits as an uncompressed TIFF, all others as
 * 32-bit floats laid out as in a file of libvips.
 * @throws image-damaged, image-values-unread, image-compression-unread, target-unwritable
 */
export async function copyOfValues(image: LargeImage, to: string): Promise<void> {
  const { path, name, page: slice, depth } = image;
  const bands = tiffBands(tiffFileAt(path, name), slice);
  if (!bands) throw new CcnetError('image-damaged', { file: name, reason: 'it changed while it was read' });
  const head = depth === 32 ? Buffer.alloc(VIPS_HEADER) : plainTiffHead(image, depth);
  const target = await open(to, 'wx').catch(unwritable(to));
  try {
    let at = 0;
    const write = async (bytes: Uint8Array): Promise<void> => {
      await target.write(bytes, 0, bytes.length, at).catch(unwritable(to));
      at += bytes.length;
    };
    await write(head);
    await eachTiffBand(bands, path, name, ({ buffer, byteOffset, byteLength }) =>
      write(new Uint8Array(buffer, byteOffset, byteLength)),
    );
  } catch (error) {
    await rm(to, { force: true });
    throw error;
  } finally {
    await target.close();
  }
}
