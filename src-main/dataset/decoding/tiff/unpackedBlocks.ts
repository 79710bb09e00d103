import * as zlib from 'node:zlib';
import { CcnetError } from '#common/errors.ts';
import { compressionName, decodingOf } from './compressions.ts';
import { jpeg2000Block } from './jpeg2000Block.ts';
import { numberOf, TAG } from './tiffDirectories.ts';
import { tiffBlocks, type TiffPage } from './tiffPage.ts';

/** Bits of a byte are stored from the least significant one on; so are those of packed bytes. */
const REVERSED = 2;

/**
 * The compressed strips or tiles of a page, or of one plane of a planar page; what libtiff lacks here (ZSTD, JPEG 2000) is unpacked. Samples of
 * JPEG 2000 come as little-endian numbers.
 * @throws image-compression-unread when Node has no ZSTD either; image-damaged when a block does not unpack
 */
export async function unpackedBlocks(
  file: Buffer,
  page: TiffPage,
  plane: number | 'all',
  name: string,
): Promise<Buffer[]> {
  const all = tiffBlocks(page);
  const perPlane = page.planar ? Math.floor(all.length / page.samples) : all.length;
  const wanted = plane === 'all' ? all : all.slice(plane * perPlane, (plane + 1) * perPlane);
  const packed = wanted.map(({ offset, bytes }) => file.subarray(offset, offset + bytes));
  const kind = decodingOf(page.compression);
  if (kind !== 'zstd' && kind !== 'jpeg-2000') return packed;
  const plain = numberOf(page.directory, TAG.fillOrder, 1) === REVERSED ? packed.map(bitsReversed) : packed;
  if (kind === 'zstd') return plain.map((block) => unpackZstd(block, page, name));
  const unpacked: Buffer[] = [];
  for (const [index, block] of plain.entries())
    unpacked.push(await jpeg2000Block(block, page, index % perPlane, name));
  return unpacked;
}

function unpackZstd(block: Buffer, page: TiffPage, name: string): Buffer {
  // Node 22 and newer have it; to an older one it is a compression like any other that is not read.
  if (!('zstdDecompressSync' in zlib)) {
    const compression = compressionName(page.compression);
    throw new CcnetError('image-compression-unread', { file: name, compression });
  }
  const rowBytes = Math.ceil((page.blockWidth * (page.planar ? 1 : page.samples) * page.bits) / 8);
  try {
    return zlib.zstdDecompressSync(block, { maxOutputLength: Math.max(1, rowBytes * page.blockHeight) });
  } catch (cause) {
    throw new CcnetError('image-damaged', { file: name, reason: 'its ZSTD data do not unpack' }, { cause });
  }
}

const REVERSE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit += 1) reversed |= ((byte >> bit) & 1) << (7 - bit);
  return reversed;
});

function bitsReversed(block: Buffer): Buffer {
  return Buffer.from(block.map((byte) => REVERSE[byte] ?? 0));
}
