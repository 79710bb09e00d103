/** Values that are looked at: those of a bar of a histogram, or those outside of two fences. */
export type ValueRange =
  | {
      readonly kind: 'bar';
      readonly low: number;
      readonly high: number;
      /** Whether `high` itself belongs to it, as to the last bar. */
      readonly closed: boolean;
    }
  | { readonly kind: 'outside'; readonly low: number; readonly high: number };

/** Whether a value lies in the range. */
export function holds(range: ValueRange, value: number): boolean {
  if (range.kind === 'outside') return value < range.low || value > range.high;
  return value >= range.low && (value < range.high || (range.closed && value === range.high));
}
