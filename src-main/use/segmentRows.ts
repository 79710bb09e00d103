import { DEFAULT_TILES, type TileOptions } from '#common/preparation/tiles.ts';
import type { Size } from '../dataset/working/resampleRows.ts';
import { blendTile, type Predictor } from '../training/segmentImage.ts';
import { tileLayout } from '../training/tileLayout.ts';
import { windowOf } from '../training/windowOf.ts';

/** Standardised rows of an image that is too large to be held. */
export interface RowSource extends Size {
  readonly channels: 1 | 3;
  /** Rows `top` to `top + count` - 1. @returns count * width * channels, channel-last */
  read(top: number, count: number): Promise<Float32Array>;
}

export interface SegmentRowsOptions {
  readonly tiles?: TileOptions;
  /** Told after every row of tiles: how many of how many are done. */
  readonly onTiles?: (done: number, total: number) => void;
  /** Thrown between tiles when it aborts. */
  readonly check?: () => void;
}

/**
 * segmentImage for an image of any size: the same tiles, blended with the same weights, one row of them at a time.
 * @param onRow receives the foreground probabilities of every row from the top, valid until it returns
 */
export async function segmentRows(
  predictor: Predictor,
  source: RowSource,
  onRow: (row: Float32Array) => void,
  { tiles: options = DEFAULT_TILES, onTiles, check }: SegmentRowsOptions = {},
): Promise<void> {
  const { width, height, channels } = source;
  const { tileHeight, tileWidth, tiles } = tileLayout(source, options);
  const tops = [...new Set(tiles.map(({ top }) => top))];
  const lefts = [...new Set(tiles.map(({ left }) => left))];
  let sums = new Float32Array(width * tileHeight);
  let weights = new Float32Array(width * tileHeight);
  let done = 0;
  for (const [index, top] of tops.entries()) {
    const rows = Math.min(tileHeight, height - top);
    const strip = await source.read(top, rows);
    for (const left of lefts) {
      check?.();
      const window = { top: 0, left, height: tileHeight, width: tileWidth };
      const input = windowOf(strip, { width, height: rows, channels }, window);
      const tile = await predictor.predict(input, 1, tileHeight, tileWidth);
      blendTile(tile, { top: 0, left, tileHeight, tileWidth }, options.overlap, {
        width,
        height: rows,
        sums,
        weights,
      });
      done += 1;
      onTiles?.(done, tiles.length);
    }
    const next = tops[index + 1] ?? height;
    const finished = next - top;
    for (let row = 0; row < finished; row += 1) {
      const start = row * width;
      const values = sums.subarray(start, start + width);
      for (let x = 0; x < width; x += 1) values[x] = (values[x] ?? 0) / (weights[start + x] ?? 1);
      onRow(values);
    }
    sums = shifted(sums, finished * width);
    weights = shifted(weights, finished * width);
  }
}

/** The values without the first `count`, zeros behind. */
function shifted(values: Float32Array<ArrayBuffer>, count: number): Float32Array<ArrayBuffer> {
  values.copyWithin(0, count);
  values.fill(0, Math.max(0, values.length - count));
  return values;
}
