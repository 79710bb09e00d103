import type { JobMoment } from '#contract/channels.ts';
import type { Progress } from '#contract/progress.ts';

const MOST = 2000;

/** The curves of a job: its live figures over time. When there are too many, every second one is dropped. */
export class Moments {
  #moments: JobMoment[] = [];
  /** Keeps one of so many reports. */
  #every = 1;
  #count = 0;

  add({ stage, done, total, figures }: Progress): void {
    if (!figures || this.#count++ % this.#every !== 0) return;
    this.#moments.push({ at: new Date().toISOString(), stage, done, total, figures });
    if (this.#moments.length <= MOST) return;
    this.#moments = this.#moments.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }

  list(): readonly JobMoment[] {
    return this.#moments;
  }
}
