import { axisWeights, type AxisWeights } from './axisWeights.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Brings one plane of values to another size, row by row, so that a map of a very large image need never be held whole:
 * means over the covered area along a side that shrinks, Catmull-Rom interpolation along one that grows (axisWeights).
 * @param plane height * width values
 * @param onRow receives every new row from the top, valid until it returns; its values are to be divided by `unit`. A mask
 * that shrinks on both sides gives whole numbers: the covered area, of which a whole new pixel has `unit` parts.
 */
export function resampleRows(
  plane: Uint8Array | Float32Array,
  from: Size,
  to: Size,
  onRow: (row: Float64Array, y: number, unit: number) => void,
): void {
  const [across, down] = [axisWeights(from.width, to.width), axisWeights(from.height, to.height)];
  const sums = new Float64Array(from.width);
  const row = new Float64Array(to.width);
  const unit = across.unit * down.unit;
  for (let y = 0; y < to.height; y += 1) {
    addRows(plane, from.width, down, y, sums);
    weighColumns(sums, across, row);
    onRow(row, y, unit);
  }
}

function addRows(
  plane: Uint8Array | Float32Array,
  width: number,
  { taps, first, weights }: AxisWeights,
  y: number,
  sums: Float64Array,
): void {
  sums.fill(0);
  for (let tap = 0; tap < taps; tap += 1) {
    const weight = weights[y * taps + tap] ?? 0;
    if (weight === 0) continue;
    const start = ((first[y] ?? 0) + tap) * width;
    for (let x = 0; x < width; x += 1) sums[x] = (sums[x] ?? 0) + weight * (plane[start + x] ?? 0);
  }
}

/** Makes the columns of a new row of those of an old one. */
export function weighColumns(
  sums: Float64Array,
  { taps, first, weights }: AxisWeights,
  row: Float64Array,
): void {
  for (let x = 0; x < row.length; x += 1) {
    const begin = first[x] ?? 0;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      sum += (weights[x * taps + tap] ?? 0) * (sums[begin + tap] ?? 0);
    }
    row[x] = sum;
  }
}
