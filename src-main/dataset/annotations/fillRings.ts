import type { Ring } from './drawing.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Marks the pixels whose centres lie within rings that are filled together by the even-odd rule; a centre on an outline counts as inside on the
 * left and upper side, so that areas that touch share no pixel and leave none out. What lies outside of the image is cut off.
 * @param marks height * width values @param value what marked pixels become @param most work that is allowed: what would take more is left
 * @returns how many pixels it marked, and the work: pixels and crossings of rows
 */
export function fillRings(
  rings: readonly Ring[],
  marks: Uint8Array | Uint16Array,
  { width, height }: Size,
  value: number,
  most = Number.POSITIVE_INFINITY,
): { marked: number; work: number } {
  let work = 0;
  const rows = new Map<number, number[]>();
  for (const ring of rings) {
    work += addCrossings(ring, height, rows, most - work);
    if (work > most) return { marked: 0, work };
  }
  let marked = 0;
  for (const [y, crossings] of rows) {
    crossings.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.ceil((crossings[pair] ?? 0) - 0.5));
      const to = Math.min(width, Math.ceil((crossings[pair + 1] ?? 0) - 0.5));
      if (to <= from) continue;
      marks.fill(value, y * width + from, y * width + to);
      marked += to - from;
    }
  }
  return { marked, work: work + marked };
}

/** Where a ring crosses the line through the centres of every row. @returns how often */
function addCrossings(ring: Ring, height: number, rows: Map<number, number[]>, most: number): number {
  const corners = ring.length / 2;
  let added = corners;
  for (let corner = 0; corner < corners; corner += 1) {
    const next = (corner + 1) % corners;
    const [x0, y0] = [ring[2 * corner] ?? 0, ring[2 * corner + 1] ?? 0];
    const [x1, y1] = [ring[2 * next] ?? 0, ring[2 * next + 1] ?? 0];
    if (y0 === y1) continue;
    const first = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
    const last = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5));
    added += Math.max(0, last - first);
    if (added > most) return added;
    for (let y = first; y < last; y += 1) {
      const x = x0 + ((y + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
      const crossings = rows.get(y);
      if (crossings) crossings.push(x);
      else rows.set(y, [x]);
    }
  }
  return added;
}
