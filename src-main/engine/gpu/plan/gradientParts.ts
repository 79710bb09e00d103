import { ADAM_RANGE, ADAM_WORDS } from '../kernels/adam.ts';
import type { WeightPlaces } from './weightPlaces.ts';

/** Where the parts of the gradient of one weight lie. */
interface Parts {
  readonly at: number;
  readonly parts: number;
  readonly size: number;
}

/** Hands out the places of gradients in their one buffer, and makes the table from which Adam adds them up. */
export class GradientParts {
  readonly #byWeight = new Map<number, Parts>();
  #size = 0;

  /** Floats of all parts. */
  get size(): number {
    return this.#size;
  }

  /** @param weightAt where the weight lies @returns where its first part begins */
  add(weightAt: number, parts: number, size: number): number {
    const at = this.#size;
    this.#byWeight.set(weightAt, { at, parts, size });
    this.#size += parts * size;
    return at;
  }

  /** The entries of Adam's table. A weight without a gradient has no part, and stays where it is. */
  table(places: WeightPlaces): Uint32Array<ArrayBuffer> {
    const words = places.all
      .filter(({ trainable }) => trainable)
      .flatMap(({ at, size }) => {
        const gradient = this.#byWeight.get(at) ?? { at: 0, parts: 0, size: 0 };
        const entries: number[] = [];
        for (let first = 0; first < size; first += ADAM_RANGE) {
          const count = Math.min(ADAM_RANGE, size - first);
          entries.push(at + first, count, gradient.at + first, gradient.parts, gradient.size, 0, 0, 0);
        }
        return entries;
      });
    return Uint32Array.from(words);
  }
}

/** Entries of such a table. */
export function adamEntries(table: Uint32Array): number {
  return table.length / ADAM_WORDS;
}
