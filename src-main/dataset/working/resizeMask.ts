import { IGNORED } from '#common/dataset/marks.ts';
import { cutCoverage } from './cutCoverage.ts';
import { resampleRows, type Size } from './resampleRows.ts';

/** Foreground begins just above one half, so that rounding decides no pixel that lies exactly between. */
const HALF = 0.5 + 1e-6;

/**
 * Brings a mask to another size without the jagged outlines of the nearest pixel, which no network can learn. A side that
 * shrinks: by the covered area of every new pixel, cut where the share of foreground stays (cutCoverage). Otherwise: the
 * smooth interpolation of the mask, cut at one half. Empty stays empty and full stays full; a mirrored mask gives the
 * mirrored result, and every machine the same.
 *
 * Pixels that do not count are brought to the new size in the same way.
 *
 * @param mask height * width values: 0 background, 1 foreground, 2 does not count
 */
export function resizeMask(mask: Uint8Array, from: Size, to: Size): Uint8Array {
  if (from.width === to.width && from.height === to.height) return mask;
  if (!mask.includes(IGNORED)) return resizeBinary(mask, from, to);
  const only = (wanted: number): Uint8Array => {
    const binary = mask.map((mark) => (mark === wanted ? 1 : 0));
    return resizeBinary(binary, from, to);
  };
  const ignored = only(IGNORED);
  return only(1).map((mark, pixel) => (ignored[pixel] === 1 ? IGNORED : mark));
}

function resizeBinary(mask: Uint8Array, from: Size, to: Size): Uint8Array {
  const shrinks = to.width < from.width || to.height < from.height;
  return shrinks ? shrink(mask, from, to) : enlarge(mask, from, to);
}

function shrink(mask: Uint8Array, from: Size, to: Size): Uint8Array {
  const coverage = new Float64Array(to.width * to.height);
  let whole = 1;
  resampleRows(mask, from, to, (row, y, unit) => {
    coverage.set(row, y * to.width);
    whole = unit;
  });
  return cutCoverage(coverage, to, whole);
}

function enlarge(mask: Uint8Array, from: Size, to: Size): Uint8Array {
  const larger = new Uint8Array(to.width * to.height);
  resampleRows(mask, from, to, (row, y, unit) => {
    const cut = HALF * unit;
    for (let x = 0; x < row.length; x += 1) larger[y * to.width + x] = (row[x] ?? 0) > cut ? 1 : 0;
  });
  return larger;
}
