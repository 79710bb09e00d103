import type { SampleHolder } from '../engine/trainingStep.ts';
import type { PreparedSample } from './sampleCache.ts';

/** Which samples a device holds; they stay there as long as the step. */
export class HeldSamples {
  readonly #holder: SampleHolder;
  readonly #held = new Set<number>();
  /** Those that it had no room for: it is not asked again. */
  readonly #refused = new Set<number>();

  constructor(holder: SampleHolder) {
    this.#holder = holder;
  }

  /** How many it holds, once it has had no room for another; null while it had room for all. */
  get full(): number | null {
    return this.#refused.size > 0 ? this.#held.size : null;
  }

  /** Whether the device holds all of these samples, after those that it has room for were sent. */
  async holds(samples: readonly (readonly [index: number, sample: PreparedSample])[]): Promise<boolean> {
    for (const [index, sample] of samples) {
      if (this.#held.has(index)) continue;
      const taken = !this.#refused.has(index) && (await this.#holder.hold(index, sample));
      if (!taken) {
        this.#refused.add(index);
        return false;
      }
      this.#held.add(index);
    }
    return true;
  }
}
