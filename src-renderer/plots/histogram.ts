export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/**
 * Counts values in equal bins over their range.
 * @param values finite numbers
 * @param wish number of bins; a single bin when all values are equal
 */
export function histogram(values: readonly number[], wish: number, range = extent(values)): Bin[] {
  if (values.length === 0 || !range) return [];
  const [low, high] = range;
  const bins = high > low ? Math.max(1, Math.round(wish)) : 1;
  const width = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = width > 0 ? Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width))) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, i) => ({ low: low + i * width, high: low + (i + 1) * width, count }));
}

/** Smallest and largest value, or undefined without values. */
export function extent(values: readonly number[]): readonly [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}

/** Quantile by linear interpolation between order statistics. @param sorted ascending, at least one */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * Tukey's fences: values further than 1.5 interquartile ranges outside the middle half are outliers.
 * @returns null with fewer than eight values, or when more than half of them are equal
 */
export function outlierFences(values: readonly number[]): { low: number; high: number } | null {
  if (values.length < 8) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const lower = quantile(sorted, 0.25);
  const upper = quantile(sorted, 0.75);
  const reach = 1.5 * (upper - lower);
  return reach > 0 ? { low: lower - reach, high: upper + reach } : null;
}
