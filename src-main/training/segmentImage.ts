import type { TrainingStep } from '../engine/trainingStep.ts';
import type { PreparedSample } from './sampleCache.ts';
import { windowOf } from './windowOf.ts';

/** Whatever turns standardised images into foreground probabilities. */
export type Predictor = Pick<TrainingStep, 'predict'>;

export interface TileOptions {
  /** Largest number of pixels that go through the network at once; larger images are cut into tiles. */
  readonly wholePixels: number;
  /** Side of the tiles; a multiple of 32. */
  readonly tile: number;
  /** Pixels by which neighbouring tiles overlap; less than `tile`. */
  readonly overlap: number;
}

export const DEFAULT_TILES: TileOptions = { wholePixels: 640 * 640, tile: 512, overlap: 128 };

/** Divides every family's input size. */
const SIZE_MULTIPLE = 32;

/**
 * Foreground probability of every pixel of one image. An image that fits goes through in one pass, padded by reflection
 * at its right and lower border; a larger one in overlapping tiles, blended with weights that fall linearly towards
 * the tiles' borders, where a network sees least context.
 * @returns height * width probabilities
 */
export function segmentImage(
  predictor: Predictor,
  sample: Omit<PreparedSample, 'mask' | 'name'>,
  options: TileOptions = DEFAULT_TILES,
): Float32Array {
  const { width, height, image } = sample;
  const whole = width * height <= options.wholePixels;
  const tileHeight = whole ? roundUp(height) : Math.min(options.tile, roundUp(height));
  const tileWidth = whole ? roundUp(width) : Math.min(options.tile, roundUp(width));
  const tops = tileStarts(height, tileHeight, options.overlap);
  const lefts = tileStarts(width, tileWidth, options.overlap);
  const predictTile = (top: number, left: number) =>
    predictor.predict(
      windowOf(image, sample, { top, left, height: tileHeight, width: tileWidth }),
      1,
      tileHeight,
      tileWidth,
    );
  const sums = new Float32Array(width * height);
  const weights = new Float32Array(width * height);
  for (const top of tops) {
    for (const left of lefts) {
      const tile = predictTile(top, left);
      for (let row = 0; row < Math.min(tileHeight, height - top); row++) {
        const rowWeight = ramp(row, tileHeight, options.overlap);
        for (let column = 0; column < Math.min(tileWidth, width - left); column++) {
          const weight = rowWeight * ramp(column, tileWidth, options.overlap);
          const target = (top + row) * width + left + column;
          sums[target] = (sums[target] ?? 0) + weight * (tile[row * tileWidth + column] ?? 0);
          weights[target] = (weights[target] ?? 0) + weight;
        }
      }
    }
  }
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) / (weights[i] ?? 1);
  return sums;
}

/** Where tiles begin along a side: evenly spread, the last one ending with the image. */
export function tileStarts(length: number, tile: number, overlap: number): number[] {
  if (length <= tile) return [0];
  const gaps = Math.ceil((length - tile) / (tile - overlap));
  return Array.from({ length: gaps + 1 }, (_, i) => Math.round((i * (length - tile)) / gaps));
}

function ramp(position: number, side: number, overlap: number): number {
  return Math.min(1, (Math.min(position, side - 1 - position) + 1) / (overlap + 1));
}

function roundUp(size: number): number {
  return Math.ceil(size / SIZE_MULTIPLE) * SIZE_MULTIPLE;
}
