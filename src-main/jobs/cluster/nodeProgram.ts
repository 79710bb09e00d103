import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

let chosen: readonly string[] | null = null;

/** Tells this process how a node starts the command line. No request can: a page must not name programs. */
export function provideNodeProgram(words: readonly string[]): void {
  chosen = words;
}

/** The words that start the command line on a node: those that were provided, or this very one, where the node sees the same installation. */
export function nodeProgram(): readonly string[] {
  if (chosen) return chosen;
  const candidates = ['../cli.js', './cli.js', '../../cli.ts'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const cli = candidates.find((candidate) => existsSync(candidate));
  if (cli === undefined) throw new Error('This installation lacks dist/cli.js. Install the product again.');
  // The desktop app's own binary is Node only when it is told to be.
  const asNode = 'electron' in process.versions ? ['env', 'ELECTRON_RUN_AS_NODE=1'] : [];
  return [...asNode, process.execPath, cli];
}
