/** Work that goes on side by side, and work that goes on while none other does. */
export class SharedTurns {
  #running = 0;
  #idle: (() => void) | null = null;
  /** Ends when everything that asked to be alone has been. */
  #alone: Promise<void> | null = null;

  async shared<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#alone) await this.#alone;
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
      if (this.#running === 0) this.#idle?.();
    }
  }

  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#alone;
    const done = Promise.withResolvers<void>();
    const mine = (before ?? Promise.resolve()).then(() => done.promise);
    this.#alone = mine;
    try {
      await before;
      if (this.#running > 0) await new Promise<void>((idle) => (this.#idle = idle));
      this.#idle = null;
      return await work();
    } finally {
      if (this.#alone === mine) this.#alone = null;
      done.resolve();
    }
  }
}
