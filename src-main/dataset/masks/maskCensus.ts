import type { Raster } from '../decoding/raster.ts';
import type { MaskDrawing } from './maskDrawing.ts';

/** What one mask file tells for the reading of all of them. */
export interface MaskCensus {
  readonly kind: 'values' | 'colours' | 'transparency';
  /** Values were drawn, or spread by compression or smoothing. */
  readonly drawing: MaskDrawing;
  readonly pixels: number;
  readonly least: number;
  readonly most: number;
  /** Pixels of every value, of at most MOST_VALUES; null when there are more. */
  readonly counts: ReadonlyMap<number, number> | null;
  /** How often values occur along the border, the most frequent ones. */
  readonly border: ReadonlyMap<number, number>;
  /** Of colours: black is there to speak of. */
  readonly hasBlack: boolean;
  /** Colours of the palette, by index; null without one. */
  readonly palette: readonly number[] | null;
  readonly bitDepth: Raster['bitDepth'];
}

/** More different values than this are ids of objects, or shades. */
export const MOST_VALUES = 256;
const BORDER_VALUES = 4;

/** Pixels of every value, or null when there are more than MOST_VALUES. */
export function countValues(keys: ArrayLike<number>): Map<number, number> | null {
  const counts = new Map<number, number>();
  let last = Number.NaN;
  let run = 0;
  const flush = (): void => {
    if (run > 0) counts.set(last, (counts.get(last) ?? 0) + run);
  };
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? 0;
    if (key === last) run += 1;
    else {
      flush();
      if (counts.size > MOST_VALUES) return null;
      last = key;
      run = 1;
    }
  }
  flush();
  return counts.size > MOST_VALUES ? null : counts;
}

/** The values along the four borders, the most frequent first, of equally frequent ones the smaller. */
export function borderCounts(keys: ArrayLike<number>, width: number, height: number): Map<number, number> {
  const counts = new Map<number, number>();
  const count = (x: number, y: number): void => {
    const key = keys[y * width + x] ?? 0;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (let x = 0; x < width; x += 1) {
    count(x, 0);
    count(x, height - 1);
  }
  for (let y = 1; y < height - 1; y += 1) {
    count(0, y);
    count(width - 1, y);
  }
  return new Map([...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, BORDER_VALUES));
}
