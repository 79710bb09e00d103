import { deflateSync } from 'node:zlib';
import { decodingOf, DEFLATE, UNCOMPRESSED } from './compressions.ts';
import { onePageTiff } from './onePageTiff.ts';
import { TAG } from './tiffDirectories.ts';
import { PHOTOMETRIC, type TiffPage } from './tiffPage.ts';
import { unpackedBlocks } from './unpackedBlocks.ts';

/**
 * A TIFF of one page that libvips can take for what it is wanted for. A mask shows as brightness what is stored: 0 is 0 whether the
 * file calls it white or black, and an index into a palette is its own colour. What libtiff cannot unpack is unpacked.
 *
 * @returns null where the file will do as it is @throws image-damaged, image-compression-unread
 */
export async function restatedTiff(
  file: Buffer,
  page: TiffPage,
  as: 'image' | 'mask',
  name: string,
): Promise<Buffer | null> {
  const changed = new Map<number, number[]>(as === 'mask' ? storedValues(page) : []);
  const zstd = decodingOf(page.compression) === 'zstd';
  if (changed.size === 0 && !zstd) return null;
  const blocks = await unpackedBlocks(file, page, 'all', name);
  if (!zstd) return onePageTiff(page.directory, page.tiled, blocks, changed);
  // libtiff undoes differences only of what is compressed.
  const hasDifferences = page.predictor !== 1;
  changed.set(TAG.compression, [hasDifferences ? DEFLATE : UNCOMPRESSED]);
  changed.set(TAG.fillOrder, []);
  const packed = hasDifferences ? blocks.map((block) => deflateSync(block, { level: 0 })) : blocks;
  return onePageTiff(page.directory, page.tiled, packed, changed);
}

function storedValues({ photometric, samples, bits }: TiffPage): [number, number[]][] {
  const isIndexed = photometric === PHOTOMETRIC.palette;
  const isWhite = photometric === PHOTOMETRIC.minIsWhite;
  const isPacked = photometric === PHOTOMETRIC.minIsBlack && bits < 8 && bits > 1;
  if (samples !== 1 || !(isIndexed || isWhite || isPacked)) return [];
  if (bits > 8 || bits === 1) {
    return [
      [TAG.photometric, [PHOTOMETRIC.minIsBlack]],
      [TAG.colorMap, []],
    ];
  }
  const colours = Array.from({ length: 2 ** bits }, (_, index) => index * 257);
  return [
    [TAG.photometric, [PHOTOMETRIC.palette]],
    [TAG.colorMap, [...colours, ...colours, ...colours]],
  ];
}
