/** `now`: the user waits for it; `soon`: one of many that would be good to have. */
export type Urgency = 'now' | 'soon';

/**
 * Lets a few pieces of work run at a time. What is wanted now goes before what is wanted soon, and the newest of its kind first,
 * because the user has scrolled on to it.
 */
export class Turns {
  #free: number;
  readonly #waiting: Readonly<Record<Urgency, (() => void)[]>> = { now: [], soon: [] };

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  async take<Result>(urgency: Urgency, work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((start) => this.#waiting[urgency].push(start));
    try {
      return await work();
    } finally {
      const next = this.#waiting.now.pop() ?? this.#waiting.soon.pop();
      if (next) next();
      else this.#free += 1;
    }
  }
}
