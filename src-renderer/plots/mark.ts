import type { DataTable } from '../state/tables/dataTable.ts';

/** A point of a plot that can be reached by pointer and keyboard; x and y in the plot's pixels. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  /** What it says, line by line; the first line is the heading. */
  readonly lines: readonly string[];
}

/** The same numbers as text. */
export interface PlotTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The same with numbers unrounded, for files and the clipboard. */
  readonly data?: DataTable;
}

export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Index of the mark nearest to a point, or null when none lies within `reach` pixels. */
export function nearestMark(
  marks: readonly Mark[],
  point: { readonly x: number; readonly y: number },
  reach: number,
): number | null {
  let best: number | null = null;
  let least = reach ** 2;
  for (const [i, mark] of marks.entries()) {
    const distance = (mark.x - point.x) ** 2 + (mark.y - point.y) ** 2;
    if (distance <= least) {
      least = distance;
      best = i;
    }
  }
  return best;
}
