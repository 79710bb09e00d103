import { MOST_HELD_BYTES, type SampleHolder } from '../engine/trainingStep.ts';
import type { PreparedSample } from './sampleCache.ts';

/** Which samples a device holds; they stay there as long as the step. */
export class HeldSamples {
  readonly #holder: SampleHolder;
  readonly #held = new Set<number>();
  #bytes = 0;

  constructor(holder: SampleHolder) {
    this.#holder = holder;
  }

  /**
   * Whether the device holds all of these samples, after those that it has room for were sent. Marks that a teacher has a part in are drawn
   * anew for every crop, by the processor.
   */
  async holds(samples: readonly (readonly [index: number, sample: PreparedSample])[]): Promise<boolean> {
    for (const [index, sample] of samples) {
      if (this.#held.has(index)) continue;
      const { image, mask, teacher } = sample;
      const bytes = image.byteLength + Math.ceil(mask.length / 4) * 4;
      if (teacher || this.#bytes + bytes > MOST_HELD_BYTES) return false;
      await this.#holder.hold(index, sample);
      this.#held.add(index);
      this.#bytes += bytes;
    }
    return true;
  }
}
