/** The losses of steps in their order, of which a device that answers later still owes some. */
export class LossQueue {
  #known: number[] = [];
  #owed: Promise<number>[] = [];

  /** Takes the answer of a step: a loss, or the promise of one. */
  add(answer: number | Promise<number>): void {
    if (typeof answer === 'number') {
      this.#known.push(answer);
      return;
    }
    // When an earlier one fails, nobody waits for this one any more; its failure is then nobody's.
    answer.catch(() => undefined);
    this.#owed.push(answer);
  }

  /**
   * The losses that have not been taken yet, once no more than `waiting` are owed.
   * @throws what the device throws
   */
  async take(waiting: number): Promise<readonly number[]> {
    const due = this.#owed.splice(0, Math.max(0, this.#owed.length - waiting));
    for (const loss of due) this.#known.push(await loss);
    const taken = this.#known;
    this.#known = [];
    return taken;
  }
}
