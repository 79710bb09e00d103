import { numberOf, numbersOf, TAG, type TiffDirectory } from './tiffDirectories.ts';

/** How the numbers of a page are written. */
export type SampleFormat = 'unsigned' | 'signed' | 'float' | 'other';

/** What a directory says about its pixels. */
export interface TiffPage {
  readonly directory: TiffDirectory;
  /** Place of the directory in the file, from 0. */
  readonly index: number;
  readonly width: number;
  readonly height: number;
  /** Of all samples; 0 where they differ. */
  readonly bits: number;
  readonly format: SampleFormat;
  readonly samples: number;
  /** Samples beyond those that make a colour, and whether the last one is transparency. */
  readonly extraSamples: number;
  readonly hasAlpha: boolean;
  readonly compression: number;
  readonly photometric: number;
  /** Every sample has strips or tiles of its own. */
  readonly planar: boolean;
  /** How differences were stored in place of numbers; 1, not at all, with compressions that know none, whatever the tag says. */
  readonly predictor: number;
  /** Tiles, or strips as wide as the image. */
  readonly tiled: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  /** Where the pixels lie when the directory does not say it: further images of an ImageJ stack with one directory. */
  readonly block?: TiffBlock;
}

/** A strip or tile in the file. */
export interface TiffBlock {
  readonly offset: number;
  readonly bytes: number;
}

export const PHOTOMETRIC = {
  minIsWhite: 0,
  minIsBlack: 1,
  rgb: 2,
  palette: 3,
  mask: 4,
  cmyk: 5,
  yCbCr: 6,
} as const;

const FORMATS: Readonly<Record<number, SampleFormat>> = {
  1: 'unsigned',
  2: 'signed',
  3: 'float',
  4: 'unsigned',
};
/** LZW, Deflate (two numbers), ZSTD, as libtiff has it. */
const KEEP_DIFFERENCES = new Set([5, 8, 32946, 50000]);
const COLOURS: Readonly<Record<number, number>> = { 2: 3, 5: 4, 6: 3, 8: 3, 9: 3, 10: 3, 32845: 3 };

export function tiffPage(directory: TiffDirectory, index: number): TiffPage {
  const samples = numberOf(directory, TAG.samplesPerPixel, 1);
  const depths = numbersOf(directory, TAG.bitsPerSample);
  const formats = numbersOf(directory, TAG.sampleFormat);
  const photometric = numberOf(directory, TAG.photometric, PHOTOMETRIC.minIsBlack);
  const extras = numbersOf(directory, TAG.extraSamples);
  const width = numberOf(directory, TAG.width, 0);
  const height = numberOf(directory, TAG.height, 0);
  const tileWidth = numberOf(directory, TAG.tileWidth, 0);
  const tiled = tileWidth > 0;
  const rows = Math.min(height, numberOf(directory, TAG.rowsPerStrip, height));
  const compression = numberOf(directory, TAG.compression, 1);
  return {
    directory,
    index,
    width,
    height,
    bits: depths.every((depth) => depth === depths[0]) ? (depths[0] ?? 1) : 0,
    format: formats.every((format) => format === formats[0])
      ? (FORMATS[formats[0] ?? 1] ?? 'other')
      : 'other',
    samples,
    extraSamples: Math.max(0, samples - (COLOURS[photometric] ?? 1)),
    hasAlpha: [1, 2].includes(extras.at(-1) ?? 0),
    compression,
    photometric,
    planar: samples > 1 && numberOf(directory, TAG.planarConfiguration, 1) === 2,
    predictor: KEEP_DIFFERENCES.has(compression) ? numberOf(directory, TAG.predictor, 1) : 1,
    tiled,
    blockWidth: tiled ? tileWidth : width,
    blockHeight: tiled ? numberOf(directory, TAG.tileLength, 0) : rows,
  };
}

/** Place and size of the strips or tiles of a page, in bytes: row by row, planes one after the other. */
export function tiffBlocks({ directory, tiled, block }: TiffPage): TiffBlock[] {
  if (block) return [block];
  const offsets = numbersOf(directory, tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const counts = numbersOf(directory, tiled ? TAG.tileByteCounts : TAG.stripByteCounts);
  return offsets.map((offset, index) => ({ offset, bytes: counts[index] ?? 0 }));
}
