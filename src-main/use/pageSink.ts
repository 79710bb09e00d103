import type { Size } from '../dataset/working/resampleRows.ts';
import type { PixelCounts } from '../training/scoreImages.ts';
import { type FoundObjects, ObjectCounter } from './objectCounter.ts';

/** What is made of the probabilities of a page at its own size, row by row: mask, objects, scores, and a map where it is wanted. */
export class PageSink {
  /** height * width, 0 or 1. */
  readonly mask: Uint8Array;
  /** height * width, 0 to 255 for 0 to 1; null where it was not asked for. */
  readonly probability: Uint8Array | null;
  readonly #width: number;
  readonly #threshold: number;
  readonly #drawn: Uint8Array | null;
  readonly #objects = new ObjectCounter();
  #both = 0;
  #predictedOnly = 0;
  #referenceOnly = 0;

  constructor(
    size: Size,
    {
      threshold,
      drawn,
      probability,
    }: {
      readonly threshold: number;
      /** height * width, 0 or 1: the mask that was drawn. */
      readonly drawn: Uint8Array | null;
      readonly probability: boolean;
    },
  ) {
    this.mask = new Uint8Array(size.width * size.height);
    this.probability = probability ? new Uint8Array(size.width * size.height) : null;
    this.#width = size.width;
    this.#threshold = threshold;
    this.#drawn = drawn;
  }

  /** @param row probabilities times `unit` of row `y`; rows come from the top */
  readonly push = (row: Float64Array, y: number, unit: number): void => {
    const cut = this.#threshold * unit;
    const start = y * this.#width;
    for (let x = 0; x < row.length; x += 1) {
      const value = row[x] ?? 0;
      const found = value > cut ? 1 : 0;
      this.mask[start + x] = found;
      if (this.probability) {
        this.probability[start + x] = Math.round(255 * Math.min(1, Math.max(0, value / unit)));
      }
      if (!this.#drawn) continue;
      const drawn = this.#drawn[start + x] === 1;
      if (found === 1) {
        if (drawn) this.#both += 1;
        else this.#predictedOnly += 1;
      } else if (drawn) this.#referenceOnly += 1;
    }
    this.#objects.push(this.mask.subarray(start, start + this.#width));
  };

  found(): FoundObjects {
    return this.#objects.result();
  }

  /** Against the drawn mask; null without one. */
  counts(): Omit<PixelCounts, 'name'> | null {
    if (!this.#drawn) return null;
    return {
      both: this.#both,
      predictedOnly: this.#predictedOnly,
      referenceOnly: this.#referenceOnly,
    };
  }
}
