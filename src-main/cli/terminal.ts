import { shown } from '#common/shownText.ts';

/** Where a run of the command line writes to. */
export interface CliStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/**
 * The only place that writes: results to standard output, everything else to standard error. Names of files and datasets may be a
 * stranger's: whatever of them would steer the terminal is written out.
 */
export class Terminal {
  readonly #streams: CliStreams;
  /** Why the answer could not be written, when somebody still waits for it. */
  #failure: string | null = null;

  constructor(streams: CliStreams) {
    this.#streams = streams;
    const { stdout, stderr } = streams;
    stdout.on('error', (error: NodeJS.ErrnoException) => {
      // A reader such as `head` that stops reading ends the output, not the work; a full disk keeps the answer from one who waits.
      if (error.code !== 'EPIPE' && error.code !== 'EOF') this.#failure ??= error.code ?? error.message;
    });
    // Without anybody to tell, the work goes on.
    stderr.on('error', () => undefined);
  }

  /** Whether a person looks at the progress. */
  get interactive(): boolean {
    return this.#streams.stderr.isTTY;
  }

  get columns(): number {
    return this.#streams.stderr.columns;
  }

  /** The answer of a command, for people. */
  print(text: string): void {
    this.#streams.stdout.write(`${shown(text, '\n\t')}\n`);
  }

  /** The answer of a command, for programs. */
  printJson(document: unknown): void {
    // In JSON such a character is the same written out.
    this.#streams.stdout.write(`${shown(JSON.stringify(document, null, 2), '\n')}\n`);
  }

  /** What is no answer: what went wrong, how far it has come. */
  note(text: string): void {
    this.#streams.stderr.write(`${shown(text, '\n\t')}\n`);
  }

  /** Puts a line in place of the one that the cursor is in; an empty one removes it. */
  rewriteLine(text: string): void {
    this.#streams.stderr.write(`\r\x1b[K${shown(text)}`);
  }

  /** Resolves when the answer was written: with null, or with why it could not be. */
  async written(): Promise<string | null> {
    const { stdout } = this.#streams;
    if (stdout.writable) await new Promise<void>((done) => stdout.write('', () => done()));
    // The stream tells of its failure after it has answered.
    await new Promise((next) => setImmediate(next));
    return this.#failure;
  }
}
