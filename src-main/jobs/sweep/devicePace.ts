/** What trainings take on one device, learnt while they run. Seconds throughout. */
export class DevicePace {
  readonly #trust: number;
  readonly #before: number[] = [];
  readonly #after: number[] = [];
  #took = 0;
  #expected = 0;

  /** @param trust the expectation counts as much as so many seconds that went as expected */
  constructor(trust: number) {
    this.#trust = trust;
  }

  /** Steps took so long that were expected to take so long. */
  steps(took: number, expected: number): void {
    this.#took += took;
    this.#expected += expected;
  }

  /** From a training's beginning to its first step: reading images, starting a process. */
  beforeSteps(seconds: number): void {
    this.#before.push(seconds);
  }

  /** From its last step to its end: the test, what is stored. */
  afterSteps(seconds: number): void {
    this.#after.push(seconds);
  }

  /** How many times as long steps take as expected. */
  get ratio(): number {
    const expected = this.#trust + this.#expected;
    return expected > 0 ? (this.#trust + this.#took) / expected : 1;
  }

  /** What to expect before the steps of a training: the median, since the first one in a process starts it. */
  get before(): number {
    return median(this.#before);
  }

  get after(): number {
    return median(this.#after);
  }
}

/** 0 of nothing. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
