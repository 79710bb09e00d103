import { open } from 'node:fs/promises';
import type { Raster } from '../raster.ts';
import { decodingOf, UNCOMPRESSED } from './compressions.ts';
import { isReadAsValues, storedValues } from './decodeTiff.ts';
import { onePageTiff } from './onePageTiff.ts';
import { TAG } from './tiffDirectories.ts';
import { type TiffFile, tiffFile } from './tiffFile.ts';
import { PHOTOMETRIC, tiffBlocks, type TiffBlock, type TiffPage } from './tiffPage.ts';

/** Rows of a page, and the strips or tiles that hold them. */
interface Band {
  readonly rows: number;
  readonly blocks: readonly TiffBlock[];
}

/** A page that is decoded here, some rows at a time. */
export interface TiffBands {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Of the values as they are held: unsigned 8 and 16 bits, everything else as 32-bit float. */
  readonly depth: Raster['bitDepth'];
  readonly page: TiffPage;
  readonly bands: readonly Band[];
}

/** Bytes of rows that are decoded together where nothing is packed. */
const BAND_BYTES = 16 * 2 ** 20;
/** Unpacked bytes of a row of tiles, or of a strip, at most: what is packed together is not taken apart. */
const MOST_BAND_BYTES = 128 * 2 ** 20;

/**
 * A slice of a file that libvips is not trusted with (signed, half and double numbers, ZSTD, several channels in a page, of which it is the
 * first), in bands; null where it is read otherwise, or packed in so large parts that nothing is won.
 */
export function tiffBands(file: TiffFile, slice: number): TiffBands | null {
  const page = file.pages[file.axes.pageOf(slice, 0)];
  if (!page || !isReadAsValues(file, page)) return null;
  const { width, height, bits, format, photometric, samples, hasAlpha } = page;
  const known = [PHOTOMETRIC.minIsWhite, PHOTOMETRIC.minIsBlack, PHOTOMETRIC.rgb].some(
    (one) => one === photometric,
  );
  const kind = decodingOf(page.compression);
  if (!known || format === 'other' || kind === null || kind === 'pixels') return null;
  const bands = bandsOf(page);
  if (!bands) return null;
  const channels = photometric === PHOTOMETRIC.rgb || samples - (hasAlpha ? 1 : 0) === 3 ? 3 : 1;
  const depth = format !== 'unsigned' || bits > 16 ? 32 : bits <= 8 ? 8 : 16;
  return { width, height, channels, depth, page, bands };
}

function bandsOf(page: TiffPage): readonly Band[] | null {
  const { width, height, bits, samples, tiled, planar, blockWidth, blockHeight, compression } = page;
  const blocks = tiffBlocks(page);
  if (!tiled && !planar && compression === UNCOMPRESSED) {
    const rowBytes = Math.ceil((width * samples * bits) / 8);
    const rowsOf = (strip: number): number => Math.min(blockHeight, height - strip * blockHeight);
    return blocks.flatMap(({ offset }, strip) => parts(offset, rowBytes, rowsOf(strip)));
  }
  const across = tiled ? Math.ceil(width / blockWidth) : 1;
  const down = Math.ceil(height / blockHeight);
  const unpacked = across * blockWidth * blockHeight * samples * Math.max(1, bits / 8);
  if (unpacked > MOST_BAND_BYTES) return null;
  const planes = planar ? samples : 1;
  return Array.from({ length: down }, (_, row) => ({
    rows: Math.min(blockHeight, height - row * blockHeight),
    blocks: Array.from({ length: planes }, (__, plane) => {
      const first = (plane * down + row) * across;
      return blocks.slice(first, first + across);
    }).flat(),
  }));
}

/** An uncompressed strip cut into bands. */
function parts(offset: number, rowBytes: number, rows: number): Band[] {
  const most = Math.max(1, Math.floor(BAND_BYTES / rowBytes));
  return Array.from({ length: Math.ceil(rows / most) }, (_, part) => {
    const count = Math.min(most, rows - part * most);
    return { rows: count, blocks: [{ offset: offset + part * most * rowBytes, bytes: count * rowBytes }] };
  });
}

/**
 * Decodes the page band by band from its top.
 * @param take receives the values of some rows, channel-last; what is not finite is still in them
 * @param name the file's, for messages
 * @throws image-damaged, image-values-unread, image-compression-unread, and what `take` throws
 */
export async function eachTiffBand(
  { page, bands }: TiffBands,
  path: string,
  name: string,
  take: (values: Raster['data']) => Promise<void>,
): Promise<void> {
  const file = await open(path, 'r');
  try {
    for (const { rows, blocks } of bands) {
      const read = [];
      for (const { offset, bytes } of blocks) {
        const block = Buffer.alloc(bytes);
        await file.read(block, 0, bytes, offset);
        read.push(block);
      }
      const changed = new Map([
        [TAG.height, [rows]],
        ...(page.tiled ? [] : ([[TAG.rowsPerStrip, [rows]]] as const)),
      ]);
      const alone = onePageTiff(page.directory, page.tiled, read, changed);
      const [band] = tiffFile(alone, name).pages;
      if (!band) throw new Error('A TIFF that was just written has no page.');
      await take((await storedValues(alone, band, 0, 'image', name)).values);
    }
  } finally {
    await file.close();
  }
}
