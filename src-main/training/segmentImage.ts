import { DEFAULT_TILES, type TileOptions } from '#common/preparation/tiles.ts';
import type { TrainingStep } from '../engine/trainingStep.ts';
import type { PreparedSample } from './sampleCache.ts';
import { tileLayout } from './tileLayout.ts';
import { windowOf } from './windowOf.ts';

/** Whatever turns standardised images into foreground probabilities. */
export type Predictor = Pick<TrainingStep, 'predict'>;

/**
 * Foreground probability of every pixel of one image. An image that fits goes through in one pass, padded by reflection
 * at its right and lower border; a larger one in overlapping tiles, blended with weights that fall linearly towards
 * the tiles' borders, where a network sees least context.
 * @returns height * width probabilities
 */
export async function segmentImage(
  predictor: Predictor,
  sample: Omit<PreparedSample, 'mask' | 'name'>,
  options: TileOptions = DEFAULT_TILES,
): Promise<Float32Array> {
  const { width, height, image } = sample;
  const { tileHeight, tileWidth, tiles } = tileLayout(sample, options);
  const sums = new Float32Array(width * height);
  const weights = new Float32Array(width * height);
  for (const { top, left } of tiles) {
    const window = windowOf(image, sample, { top, left, height: tileHeight, width: tileWidth });
    const tile = await predictor.predict(window, 1, tileHeight, tileWidth);
    blendTile(tile, { top, left, tileHeight, tileWidth }, options.overlap, { width, height, sums, weights });
  }
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) / (weights[i] ?? 1);
  return sums;
}

/** Sums of weighted probabilities, and of the weights, of an image or of a strip of one. */
export interface Blend {
  readonly width: number;
  readonly height: number;
  readonly sums: Float32Array;
  readonly weights: Float32Array;
}

/** Adds a tile's probabilities to a blend, with weights that fall linearly towards the tile's borders. */
export function blendTile(
  tile: Float32Array,
  place: {
    readonly top: number;
    readonly left: number;
    readonly tileHeight: number;
    readonly tileWidth: number;
  },
  overlap: number,
  { width, height, sums, weights }: Blend,
): void {
  const { top, left, tileHeight, tileWidth } = place;
  for (let row = 0; row < Math.min(tileHeight, height - top); row++) {
    const rowWeight = ramp(row, tileHeight, overlap);
    for (let column = 0; column < Math.min(tileWidth, width - left); column++) {
      const weight = rowWeight * ramp(column, tileWidth, overlap);
      const target = (top + row) * width + left + column;
      sums[target] = (sums[target] ?? 0) + weight * (tile[row * tileWidth + column] ?? 0);
      weights[target] = (weights[target] ?? 0) + weight;
    }
  }
}

function ramp(position: number, side: number, overlap: number): number {
  return Math.min(1, (Math.min(position, side - 1 - position) + 1) / (overlap + 1));
}
