import { CcnetError } from '#common/errors.ts';
import { decodeWhole } from '../decodeWhole.ts';
import { compressionName, decodingOf, UNCOMPRESSED } from './compressions.ts';
import { onePageTiff } from './onePageTiff.ts';
import { type SampleBytes } from './sampleValues.ts';
import { TAG } from './tiffDirectories.ts';
import { PHOTOMETRIC, type TiffPage } from './tiffPage.ts';
import { type PredictedRows, undoFloatDifferences, undoHorizontalDifferences } from './undoPredictor.ts';
import { unreadable } from '../unreadable.ts';
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
  const { directory, width, height, planar, predictor, format } = page;
  const bits = page.bits;
  if (format === 'other' || !isWholeBytes(bits)) {
    throw new CcnetError('image-values-unread', { file: name, values: valuesName(page) });
  }
  if (decodingOf(page.compression) === null || decodingOf(page.compression) === 'pixels') {
    const compression = compressionName(page.compression);
    throw new CcnetError('image-compression-unread', { file: name, compression });
  }
  const samples = planar ? 1 : page.samples;
  const sampleBytes = (bits / 8) as PredictedRows['sampleBytes'];
  // Whole tiles, because the floating-point predictor mixes all bytes of a tile's row.
  const whole = page.tiled ? Math.ceil(width / page.blockWidth) * page.blockWidth : width;
  const pixelBytes = samples * sampleBytes;
  const blocks = unpackedBlocks(file, page, plane, name);
  const wider: [number, number[]][] = [
    [TAG.width, [whole * pixelBytes]],
    [TAG.bitsPerSample, [8]],
    [TAG.photometric, [PHOTOMETRIC.minIsBlack]],
    [TAG.samplesPerPixel, [1]],
    [TAG.planarConfiguration, [1]],
    [TAG.predictor, []],
    [TAG.extraSamples, []],
    [TAG.sampleFormat, []],
    [TAG.colorMap, []],
    ...(decodingOf(page.compression) === 'zstd'
      ? [[TAG.compression, [UNCOMPRESSED]] satisfies [number, number[]]]
      : []),
    ...(page.tiled ? [[TAG.tileWidth, [page.blockWidth * pixelBytes]] satisfies [number, number[]]] : []),
  ];
  const grey = onePageTiff(directory, page.tiled, blocks, new Map(wider));
  const options = { limitInputPixels: false, ignoreIcc: true };
  const { data: decoded } = await decodeWhole(grey, 'tiff', options, (image) =>
    image.toColourspace('b-w').raw({ depth: 'uchar' }),
  ).catch((cause: unknown) => {
    throw unreadable(name, cause);
  });
  const rows = { bytes: decoded, littleEndian: directory.littleEndian, width: whole, samples, sampleBytes };
  const perBlock = { ...rows, blockWidth: page.blockWidth };
  if (predictor === HORIZONTAL) undoHorizontalDifferences(perBlock);
  else if (predictor === FLOATING) undoFloatDifferences(perBlock);
  const bytes = whole === width ? decoded : cropRows(decoded, whole * pixelBytes, width * pixelBytes, height);
  return { bytes, littleEndian: predictor === FLOATING ? false : directory.littleEndian, bits, format };
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
