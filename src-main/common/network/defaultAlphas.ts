/** The natural grid of factors. */
export const DEFAULT_ALPHAS: readonly number[] = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];
