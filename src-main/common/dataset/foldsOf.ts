/** Most folds that a dataset is cut into. */
export const MOST_FOLDS = 10;

/** The folds 1 to `of`. */
export function foldsOf(of: number): { number: number; of: number }[] {
  return Array.from({ length: of }, (_, index) => ({ number: index + 1, of }));
}
