import { SUM_THREADS } from './workgroupSum.ts';

/** Positions that a workgroup of the kernels over one channel at a time takes: x counts these ranges, y channels. */
export const RANGE = 16 * SUM_THREADS;

/** Ranges of a channel. */
export function ranges(pixels: number): number {
  return Math.ceil(pixels / RANGE);
}

/** The loop over the positions `p` of a workgroup's range, below \`given.pixels\`. */
export function overRange(body: string): string {
  return `for (var p = group.x * ${RANGE}u + thread; p < min((group.x + 1u) * ${RANGE}u, given.pixels); p += ${SUM_THREADS}u) {
    ${body}
  }`;
}
