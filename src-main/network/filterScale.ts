import type { Factor } from '../contract/factor.ts';

/**
 * Hands out the filters of each convolution in forward order: max(1, round(filters * factor)), where a vector of
 * factors gives one entry to each call.
 */
export class FilterScale {
  readonly #factor: Factor;
  #calls = 0;

  constructor(factor: Factor) {
    this.#factor = factor;
  }

  /** How many convolutions have asked so far. */
  get calls(): number {
    return this.#calls;
  }

  /** @param filters filters of the next convolution at factor 1 */
  next(filters: number): number {
    const factor = typeof this.#factor === 'number' ? this.#factor : (this.#factor[this.#calls] ?? 1);
    this.#calls += 1;
    return Math.max(1, Math.round(filters * factor));
  }
}
