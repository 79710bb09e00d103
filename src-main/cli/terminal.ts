/** Where a run of the command line writes to. */
export interface CliStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** The only place that writes: results to standard output, everything else to standard error. */
export class Terminal {
  readonly #streams: CliStreams;

  constructor(streams: CliStreams) {
    this.#streams = streams;
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
    this.#streams.stdout.write(`${text}\n`);
  }

  /** The answer of a command, for programs. */
  printJson(document: unknown): void {
    this.print(JSON.stringify(document, null, 2));
  }

  /** What is no answer: what went wrong, how far it has come. */
  note(text: string): void {
    this.#streams.stderr.write(`${text}\n`);
  }

  /** Puts a line in place of the one that the cursor is in; an empty one removes it. */
  rewriteLine(text: string): void {
    this.#streams.stderr.write(`\r\x1b[K${text}`);
  }
}
