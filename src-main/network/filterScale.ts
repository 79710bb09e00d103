/** Filters of a convolution that has `filters` of them in the base network. */
export type FilterScale = (filters: number) => number;

/** At a factor: max(1, round(filters * factor)). */
export function filterScale(factor: number): FilterScale {
  return (filters) => Math.max(1, Math.round(filters * factor));
}
