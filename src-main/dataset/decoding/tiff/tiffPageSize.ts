import { CcnetError } from '#common/errors.ts';
import { MAX_DECODED_BYTES, MAX_PIXELS } from '../limits.ts';
import { numberOf, TAG } from './tiffDirectories.ts';
import type { TiffFile } from './tiffFile.ts';
import type { TiffPage } from './tiffPage.ts';

/** Bytes of a value as it is held: 8 and 16 unsigned bits as they are, everything else as 32-bit float beside what is unpacked. */
function valueBytes({ bits, format }: TiffPage): number {
  if (format === 'unsigned' && bits <= 16) return Math.ceil(bits / 8);
  return Math.max(4, bits / 8);
}

/**
 * How large a page is, by its directory alone.
 * @param slice from 0 @throws image-damaged, image-too-large, image-takes-too-much
 */
export function tiffPageSize(
  { pages, axes }: TiffFile,
  slice: number,
  name: string,
): { width: number; height: number; bytes: number; orientation: number } {
  const page = pages[axes.pageOf(slice, 0)];
  if (!page) throw new CcnetError('image-damaged', { file: name, reason: `it has no page ${slice + 1}` });
  const { width, height, samples, bits } = page;
  if (width === 0 || height === 0) {
    throw new CcnetError('image-damaged', { file: name, reason: 'it says it has no pixels' });
  }
  if (width * height > MAX_PIXELS) {
    throw new CcnetError('image-too-large', { file: name, width, height, most: MAX_PIXELS });
  }
  const bytes = width * height * samples * valueBytes(page);
  if (bytes > MAX_DECODED_BYTES) {
    const facts = { file: name, width, height, channels: samples, bits, most: MAX_DECODED_BYTES };
    throw new CcnetError('image-takes-too-much', facts);
  }
  return { width, height, bytes, orientation: numberOf(page.directory, TAG.orientation, 1) };
}
