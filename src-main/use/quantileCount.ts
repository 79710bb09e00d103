import { PREPARATION } from '#common/preparation/preparation.ts';
import type { IntensityRange } from '../dataset/decoding/rescaleIntensity.ts';

/** intensityRange of a 16-bit image whose values come piece by piece. */
export class QuantileCount {
  readonly #counts = new Uint32Array(65_536);
  #seen = 0;

  push(values: Uint16Array): void {
    for (const value of values) this.#counts[value] = (this.#counts[value] ?? 0) + 1;
    this.#seen += values.length;
  }

  range(): IntensityRange {
    const { low: lowest, high: highest } = PREPARATION.quantiles;
    const [low, high] = [this.#at(lowest), this.#at(highest)];
    return high > low ? { low, high } : { low, high: low + 1 };
  }

  #at(quantile: number): number {
    const rank = quantile * (this.#seen - 1);
    let seen = 0;
    for (let value = 0; value < this.#counts.length; value += 1) {
      seen += this.#counts[value] ?? 0;
      if (seen > rank) return value;
    }
    return this.#counts.length - 1;
  }
}
