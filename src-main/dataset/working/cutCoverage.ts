import type { Size } from './resampleRows.ts';

/**
 * Cuts the covered area of every pixel to a mask that keeps the share of foreground as nearly as whole pixels allow:
 * pixels become foreground from the most covered downwards, until they are as many as the area they stand for. Among equally
 * covered ones those with more foreground around them come first; what is equal in this too comes or goes together, so that
 * a mirrored mask gives the mirrored result. A wholly covered pixel is always foreground and an untouched one never. A
 * mask with foreground keeps at least its most covered pixels, and one with background its least covered.
 * @param coverage height * width covered areas, whole numbers from 0 to `unit`
 * @returns height * width, 0 or 1
 */
export function cutCoverage(coverage: Float64Array, size: Size, unit: number): Uint8Array {
  const mask = new Uint8Array(coverage.length);
  let area = 0;
  let whole = 0;
  let partial = 0;
  for (let index = 0; index < coverage.length; index += 1) {
    const covered = coverage[index] ?? 0;
    area += covered;
    if (covered >= unit) {
      mask[index] = 1;
      whole += 1;
    } else if (covered > 0) partial += 1;
  }
  // As many of the partly covered pixels are wanted as the area beside the whole ones would fill.
  const wanted = area / unit - whole;
  if (partial === 0) return mask;
  const threshold = descending(coverage, partial, unit)[Math.min(partial - 1, Math.floor(wanted))] ?? 0;
  const ties: Tie[] = [];
  let taken = 0;
  for (let index = 0; index < coverage.length; index += 1) {
    const covered = coverage[index] ?? 0;
    if (covered >= unit || covered < threshold || covered === 0) continue;
    if (covered === threshold) ties.push({ index, around: around(coverage, size, index) });
    else {
      mask[index] = 1;
      taken += 1;
    }
  }
  const least = whole + taken === 0 ? 1 : 0;
  const most = whole + partial === coverage.length ? partial - taken - 1 : ties.length;
  for (const { index } of nearestTies(ties, wanted - taken, least, most)) mask[index] = 1;
  return mask;
}

interface Tie {
  readonly index: number;
  /** Covered area of the pixel and its neighbours, the nearer the more. */
  readonly around: number;
}

function descending(coverage: Float64Array, partial: number, unit: number): Float64Array {
  const values = new Float64Array(partial);
  let at = 0;
  for (const covered of coverage) if (covered > 0 && covered < unit) values[at++] = covered;
  return values.sort().reverse();
}

/** The first ties in order, whole groups of equals, so that their number is nearest to `wanted` and in bounds if a group allows. */
function nearestTies(ties: Tie[], wanted: number, least: number, most: number): Tie[] {
  ties.sort((a, b) => b.around - a.around);
  let best = least > 0 ? Number.POSITIVE_INFINITY : 0;
  for (let end = 1; end <= ties.length; end += 1) {
    if (end < ties.length && ties[end]?.around === ties[end - 1]?.around) continue;
    const better = Math.abs(end - wanted) <= Math.abs(best - wanted);
    if (better && (end <= most || best === Number.POSITIVE_INFINITY)) best = end;
  }
  return ties.slice(0, best);
}

/** Binomial weights, by which a neighbour counts less the farther it is. */
const NEAR = [1, 4, 6, 4, 1] as const;

/** Weighted sum over the 5 x 5 neighbourhood; beyond the border the border's pixel is repeated. */
function around(coverage: Float64Array, { width, height }: Size, index: number): number {
  const [x, y] = [index % width, Math.floor(index / width)];
  let sum = 0;
  for (const [down, weight] of NEAR.entries()) {
    const row = Math.max(0, Math.min(height - 1, y + down - 2)) * width;
    for (const [across, factor] of NEAR.entries()) {
      const column = Math.max(0, Math.min(width - 1, x + across - 2));
      sum += weight * factor * (coverage[row + column] ?? 0);
    }
  }
  return sum;
}
