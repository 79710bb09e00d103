import type { Factor } from '#common/network/factor.ts';

/**
 * Hands out the filters of each convolution in forward order: max(1, round(filters * factor)), where a vector of
 * factors gives one entry to each call.
 */
export class FilterScale {
  readonly #factor: Factor;
  /** Filters at factor 1 of the convolutions that have asked so far. */
  readonly requested: number[] = [];

  constructor(factor: Factor) {
    this.#factor = factor;
  }

  /** @param filters filters of the next convolution at factor 1 */
  next(filters: number): number {
    const factor =
      typeof this.#factor === 'number' ? this.#factor : (this.#factor[this.requested.length] ?? 1);
    this.requested.push(filters);
    return Math.max(1, Math.round(filters * factor));
  }
}
