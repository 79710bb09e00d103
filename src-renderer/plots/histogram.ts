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
  // The last edge is the largest value itself, whatever the sum of the widths rounds to.
  const edge = (i: number): number => (i === bins ? high : low + i * width);
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    let bin = width > 0 ? Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width))) : 0;
    // Division may round over an edge; a bar holds what lies between its edges as they are told.
    while (bin > 0 && value < edge(bin)) bin -= 1;
    while (bin < bins - 1 && value >= edge(bin + 1)) bin += 1;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, i) => ({ low: edge(i), high: edge(i + 1), count }));
}

/** How many bars suit a number of values: its square root, between 5 and 30. */
export function binCount(values: number): number {
  return Math.min(30, Math.max(5, Math.ceil(Math.sqrt(values))));
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
