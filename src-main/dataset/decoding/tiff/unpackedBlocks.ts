import * as zlib from 'node:zlib';
import { CcnetError } from '#common/errors.ts';
import { compressionName, decodingOf } from './compressions.ts';
import { tiffBlocks, type TiffPage } from './tiffPage.ts';

/**
 * The compressed strips or tiles of a page, or of one plane of a planar page; those of ZSTD, which libtiff lacks here, unpacked.
 * @throws image-compression-unread when Node has no ZSTD either; image-damaged when a block does not unpack
 */
export function unpackedBlocks(file: Buffer, page: TiffPage, plane: number | 'all', name: string): Buffer[] {
  const all = tiffBlocks(page);
  const perPlane = page.planar ? Math.floor(all.length / page.samples) : all.length;
  const wanted = plane === 'all' ? all : all.slice(plane * perPlane, (plane + 1) * perPlane);
  const packed = wanted.map(({ offset, bytes }) => file.subarray(offset, offset + bytes));
  if (decodingOf(page.compression) !== 'zstd') return packed;
  // Node 22 and newer have it; to an older one it is a compression like any other that is not read.
  if (!('zstdDecompressSync' in zlib)) {
    const compression = compressionName(page.compression);
    throw new CcnetError('image-compression-unread', { file: name, compression });
  }
  const rowBytes = Math.ceil((page.blockWidth * (page.planar ? 1 : page.samples) * page.bits) / 8);
  return packed.map((block) => {
    try {
      return zlib.zstdDecompressSync(block, { maxOutputLength: Math.max(1, rowBytes * page.blockHeight) });
    } catch (cause) {
      throw new CcnetError('image-damaged', { file: name, reason: 'its ZSTD data do not unpack' }, { cause });
    }
  });
}
