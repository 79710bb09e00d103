import type { Progress } from '#contract/progress.ts';

/** Turns a job's progress into a log for people: one line per stage, message and epoch. */
export class LogLines {
  readonly #write: (line: string) => void;
  #stage = '';
  #message: string | undefined;
  #epoch = -1;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** Writes a line with the time before it. */
  write(text: string): void {
    this.#write(`${new Date().toISOString().slice(0, 19).replace('T', ' ')}  ${text}`);
  }

  add({ stage, done, total, unit, figures, message }: Progress): void {
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#epoch = -1;
      this.write(total > 0 ? `${stage} (${total} ${unit})` : stage);
    }
    // A message that only counts on is no news.
    const kind = message?.replace(/\d+/g, '#');
    if (message !== undefined && kind !== this.#message) this.write(message);
    this.#message = kind;
    const epoch = figures?.['epoch'] ?? (unit === 'epochs' ? done : -1);
    if (epoch > this.#epoch && figures) {
      const values = Object.entries(figures).map(
        ([name, value]) => `${name} ${Number(value.toPrecision(4))}`,
      );
      if (this.#epoch >= 0) this.write(values.join(', '));
      this.#epoch = epoch;
    }
  }
}
