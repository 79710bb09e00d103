import type { Failure } from '#common/failures/failures.ts';
import { shownFailure } from '../window/failureWords.ts';

/** A value that is fetched: loading, there, or failed with an error to show. A reload keeps the old value in view. */
export class Resource<Value> {
  value = $state.raw<Value | undefined>();
  error = $state.raw<Failure | undefined>();
  loading = $state(false);
  readonly #fetch: () => Promise<Value>;
  #latest = 0;
  #newest: Promise<void> = Promise.resolve();

  constructor(fetch: () => Promise<Value>) {
    this.#fetch = fetch;
  }

  /** Fetches anew; of overlapping loads the last one counts, and the others wait for it. */
  load = (): Promise<void> => (this.#newest = this.#load(++this.#latest));

  async #load(turn: number): Promise<void> {
    this.loading = true;
    try {
      const value = await this.#fetch();
      if (turn !== this.#latest) return await this.#newest;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (turn !== this.#latest) return await this.#newest;
      this.error = shownFailure(error);
    } finally {
      if (turn === this.#latest) this.loading = false;
    }
  }

  clear(): void {
    this.#latest += 1;
    this.#newest = Promise.resolve();
    this.value = undefined;
    this.error = undefined;
    this.loading = false;
  }
}
