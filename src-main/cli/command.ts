import type { ParseArgsOptionsConfig } from 'node:util';
import type { OnProgress } from '#contract/progress.ts';

/** One option as `--help` shows it; `value` is the placeholder of an option that takes one. */
export interface OptionSpec {
  readonly value?: string;
  readonly help: string;
  readonly default?: string;
  readonly required?: boolean;
}

/** What a command is given: parsed words, a signal that Ctrl-C aborts, and a place for progress. */
export interface Invocation {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** What a command answers: a document for `--json` and text for people. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  /** Exit code when it is not 0, such as 4 for limits that cannot be met. */
  readonly exitCode?: number;
}

/** One command of `ccnet`. */
export interface Command {
  /** Words that select it: "dataset add". */
  readonly name: string;
  /** Positional arguments as shown in the usage line: "FOLDER|ZIP", "NAME...". */
  readonly positionals: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly example: string;
  run(invocation: Invocation): Promise<Answer>;
}

/** Options in the form that node:util's parseArgs takes. */
export function parseArgsOptions(options: Command['options']): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(options).map(([name, spec]) => [
      name,
      { type: spec.value === undefined ? 'boolean' : 'string' },
    ]),
  );
}
