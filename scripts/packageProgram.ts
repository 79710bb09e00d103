import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = resolve(fileURLToPath(new URL('../node_modules', import.meta.url)));

/**
 * The script behind a program of an installed package, to be run by Node itself: what npm puts into `.bin` is a file for
 * the system's shell, and is another one on Windows.
 * @param program name of the program, when it is not the package's own
 * @throws Error when the package is not installed or has no such program
 */
export function packageProgram(name: string, program = name): string {
  const folder = join(modules, name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin?: string | Readonly<Record<string, string>>;
  };
  const script = typeof bin === 'string' ? bin : bin?.[program];
  if (script === undefined) throw new Error(`The package ${name} has no program "${program}".`);
  return join(folder, script);
}
