import { CcnetError } from '#common/errors.ts';
import { decodeWhole } from '../decodeWhole.ts';
import { compressionName, decodingOf, UNCOMPRESSED } from './compressions.ts';
import { onePageTiff } from './onePageTiff.ts';
import { type SampleBytes } from './sampleValues.ts';
import { TAG } from './tiffDirectories.ts';
import { PHOTOMETRIC, type TiffPage } from './tiffPage.ts';
import { type PredictedRows, undoFloatDifferences, undoHorizontalDifferences } from './undoPredictor.ts';
import { unreadable } from '../unreadable.ts';
import { packedRowBytes, unpackBits } from './unpackBits.ts';
import { unpackedBlocks } from './unpackedBlocks.ts';

const HORIZONTAL = 2;
const FLOATING = 3;

/**
 * The bytes of a page's samples, row by row, interleaved; of a planar page those of one plane. libtiff decompresses them as bytes of
 * a grey image that is so many times wider, because it does not know all kinds of numbers; differences are undone here.
 *
 * @param plane of a planar page, from 0
 * @throws image-damaged, image-compression-unread, image-values-unread
 */
export async function tiffSampleBytes(
  file: Buffer,
  page: TiffPage,
  plane: number,
  name: string,
): Promise<SampleBytes> {
  const { directory, width, height, planar, predictor, format, bits, blockWidth } = page;
  const isPacked = format === 'unsigned' && bits > 8 && bits < 16 && predictor === 1;
  if (format === 'other' || !(isPacked || isWholeBytes(bits))) {
    throw new CcnetError('image-values-unread', { file: name, values: valuesName(page) });
  }
  const kind = decodingOf(page.compression);
  if (kind === null || kind === 'pixels') {
    const compression = compressionName(page.compression);
    throw new CcnetError('image-compression-unread', { file: name, compression });
  }
  const samples = planar ? 1 : page.samples;
  const blockBytes = packedRowBytes({ blockWidth, samples, bits });
  // Whole tiles, because the floating-point predictor mixes all bytes of a tile's row.
  const across = page.tiled ? Math.ceil(width / blockWidth) : 1;
  const decoded = await rowsAsGrey(file, page, plane, { blockBytes, across }, name);
  if (!isWholeBytes(bits)) {
    const bytes = unpackBits({ bytes: decoded, width, height, blockWidth, samples, bits });
    return { bytes, littleEndian: true, bits: 16, format: 'unsigned' };
  }
  const whole = across * blockWidth;
  const sampleBytes = (bits / 8) as PredictedRows['sampleBytes'];
  const { littleEndian } = directory;
  const rows = { bytes: decoded, littleEndian, width: whole, samples, sampleBytes, blockWidth };
  if (predictor === HORIZONTAL) undoHorizontalDifferences(rows);
  else if (predictor === FLOATING) undoFloatDifferences(rows);
  const pixelBytes = samples * sampleBytes;
  const bytes = whole === width ? decoded : cropRows(decoded, whole * pixelBytes, width * pixelBytes, height);
  const isLittle = kind === 'jpeg-2000' || (predictor !== FLOATING && littleEndian);
  return { bytes, littleEndian: isLittle, bits, format };
}

/** All rows, as libtiff puts them together of strips or tiles. @throws image-damaged, image-compression-unread, image-values-unread */
async function rowsAsGrey(
  file: Buffer,
  page: TiffPage,
  plane: number,
  { blockBytes, across }: { readonly blockBytes: number; readonly across: number },
  name: string,
): Promise<Buffer> {
  const blocks = await unpackedBlocks(file, page, plane, name);
  const isUnpacked = decodingOf(page.compression) !== 'bytes';
  const wider: [number, number[]][] = [
    [TAG.width, [across * blockBytes]],
    [TAG.bitsPerSample, [8]],
    [TAG.photometric, [PHOTOMETRIC.minIsBlack]],
    [TAG.samplesPerPixel, [1]],
    [TAG.planarConfiguration, [1]],
    [TAG.predictor, []],
    [TAG.extraSamples, []],
    [TAG.sampleFormat, []],
    [TAG.colorMap, []],
    ...(isUnpacked
      ? ([
          [TAG.compression, [UNCOMPRESSED]],
          [TAG.fillOrder, []],
        ] satisfies [number, number[]][])
      : []),
    ...(page.tiled ? [[TAG.tileWidth, [blockBytes]] satisfies [number, number[]]] : []),
  ];
  const grey = onePageTiff(page.directory, page.tiled, blocks, new Map(wider));
  const options = { limitInputPixels: false, ignoreIcc: true };
  const { data } = await decodeWhole(grey, 'tiff', options, (image) =>
    image.toColourspace('b-w').raw({ depth: 'uchar' }),
  ).catch((cause: unknown) => {
    throw unreadable(name, cause);
  });
  return data;
}

function isWholeBytes(bits: number): bits is SampleBytes['bits'] {
  return bits === 8 || bits === 16 || bits === 32 || bits === 64;
}

/** "12-bit unsigned". */
export function valuesName({ bits, format }: TiffPage): string {
  return bits === 0 ? 'differently deep' : format === 'other' ? 'complex' : `${bits}-bit ${format}`;
}

function cropRows(bytes: Buffer, from: number, to: number, height: number): Buffer {
  const cropped = Buffer.alloc(to * height);
  for (let row = 0; row < height; row += 1) bytes.copy(cropped, row * to, row * from, row * from + to);
  return cropped;
}
