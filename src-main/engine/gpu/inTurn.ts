/**
 * Begins tasks one after the other, in the order in which they were asked for. A task prepares and submits; what it returns waits for
 * the device, while the next task begins.
 */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  start<Result>(task: () => Promise<() => Promise<Result>>): Promise<Result> {
    const begun = this.#last.then(task);
    this.#last = begun.catch(() => undefined);
    return begun.then((finish) => finish());
  }
}
