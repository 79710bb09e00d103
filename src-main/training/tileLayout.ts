import { PREPARATION } from '#common/preparation/preparation.ts';
import { DEFAULT_TILES, type TileOptions } from '#common/preparation/tiles.ts';

/** How an image is cut: tiles of one size, by the pixel of the image in their upper left corner. */
export interface TileLayout {
  readonly tileHeight: number;
  readonly tileWidth: number;
  readonly tiles: readonly { readonly top: number; readonly left: number }[];
}

/** One tile that covers the image, rounded up to what networks take, when it fits; else overlapping tiles, row by row. */
export function tileLayout(
  { width, height }: { readonly width: number; readonly height: number },
  options: TileOptions = DEFAULT_TILES,
): TileLayout {
  const whole = width * height <= options.wholePixels;
  const tileHeight = whole ? roundUp(height) : Math.min(options.tile, roundUp(height));
  const tileWidth = whole ? roundUp(width) : Math.min(options.tile, roundUp(width));
  const lefts = tileStarts(width, tileWidth, options.overlap);
  const tiles = tileStarts(height, tileHeight, options.overlap).flatMap((top) =>
    lefts.map((left) => ({ top, left })),
  );
  return { tileHeight, tileWidth, tiles };
}

/** Where tiles begin along a side: evenly spread, the last one ending with the image. */
export function tileStarts(length: number, tile: number, overlap: number): number[] {
  if (length <= tile) return [0];
  const gaps = Math.ceil((length - tile) / (tile - overlap));
  return Array.from({ length: gaps + 1 }, (_, i) => Math.round((i * (length - tile)) / gaps));
}

function roundUp(size: number): number {
  return Math.ceil(size / PREPARATION.sideMultiple) * PREPARATION.sideMultiple;
}
