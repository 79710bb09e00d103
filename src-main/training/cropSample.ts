import type { Random } from '#common/random.ts';
import { reflect } from './reflect.ts';
import type { MarkOf } from './softMarks.ts';
import type { PreparedSample } from './sampleCache.ts';

/** Where a square crop lies, and which of the square's eight symmetries it is shown in. */
export interface CropPlacement {
  readonly top: number;
  readonly left: number;
  readonly side: number;
  /** Bit 0 mirrors left-right, bit 1 top-bottom, bit 2 exchanges rows and columns. 0 leaves the crop as it is. */
  readonly symmetry: number;
}

/** Share of crops that are centred on a foreground pixel, so that sparse objects are seen often enough. */
const FOREGROUND_SHARE = 1 / 3;
const FOREGROUND_TRIES = 100;

/** Draws a placement; a side on which the image is smaller than the crop is centred and later padded by reflection. */
export function drawPlacement(
  sample: PreparedSample,
  side: number,
  turn: boolean,
  random: Random,
): CropPlacement {
  const { width, height } = sample;
  const symmetry = turn ? random.below(8) : 0;
  const centred = random.uniform() < FOREGROUND_SHARE ? foregroundPixel(sample, random) : null;
  const place = (length: number, centre: number | null) => {
    const room = length - side;
    if (room <= 0) return Math.floor(room / 2);
    return centre === null ? random.below(room + 1) : Math.max(0, Math.min(room, centre - (side >> 1)));
  };
  return { top: place(height, centred?.y ?? null), left: place(width, centred?.x ?? null), side, symmetry };
}

/**
 * Copies a crop into position `slot` of a batch's arrays.
 * @param images slots * side * side * channels
 * @param masks slots * side * side
 * @param markOf the marks to take; those of the sample's mask if absent
 */
export function cropSample(
  sample: PreparedSample,
  placement: CropPlacement,
  slot: number,
  images: Float32Array,
  masks: Uint8Array,
  markOf: MarkOf = (pixel) => sample.mask[pixel] ?? 0,
): void {
  const { channels, image } = sample;
  const [outer, inner] = pixelsOf(sample, placement);
  let target = slot * placement.side ** 2;
  for (const start of outer) {
    for (const offset of inner) {
      const source = start + offset;
      masks[target] = markOf(source);
      const from = source * channels;
      const to = target * channels;
      for (let c = 0; c < channels; c++) images[to + c] = image[from + c] ?? 0;
      target++;
    }
  }
}

/** As cropSample, the marks alone. */
export function cropMarks(
  sample: PreparedSample,
  placement: CropPlacement,
  slot: number,
  masks: Uint8Array,
  markOf: MarkOf,
): void {
  const [outer, inner] = pixelsOf(sample, placement);
  let target = slot * placement.side ** 2;
  for (const start of outer) for (const offset of inner) masks[target++] = markOf(start + offset);
}

/** The pixel of each place of a crop is the sum of a value of the first, by its row, and one of the second, by its column. */
function pixelsOf(
  { width, height }: PreparedSample,
  { top, left, side, symmetry }: CropPlacement,
): [Int32Array, Int32Array] {
  // Where the rows and columns of the crop, still unturned, lie in the image.
  const rows = new Int32Array(side);
  const columns = new Int32Array(side);
  for (let i = 0; i < side; i++) {
    rows[i] = reflect(top + (symmetry & 2 ? side - 1 - i : i), height) * width;
    columns[i] = reflect(left + (symmetry & 1 ? side - 1 - i : i), width);
  }
  return symmetry & 4 ? [columns, rows] : [rows, columns];
}

function foregroundPixel({ width, mask }: PreparedSample, random: Random): { x: number; y: number } | null {
  for (let i = 0; i < FOREGROUND_TRIES; i++) {
    const position = random.below(mask.length);
    if (mask[position] === 1) return { x: position % width, y: Math.floor(position / width) };
  }
  return null;
}
