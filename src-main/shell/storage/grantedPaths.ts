import { isAbsolute, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../../contract/errors.ts';
import { JsonFile } from './jsonFile.ts';

const KEPT = 500;

/** The window names a file or folder that the user has never chosen. */
export class PathNotChosenError extends UsageError {
  constructor(path: string) {
    super(
      `${path} has not been chosen by you in this program.`,
      'Choose it with the button, or drop it on the window.',
    );
  }
}

/**
 * The files and folders that the user has chosen in a system dialog or dropped on the window. Only these, and what lies in
 * them, may the window name in its calls: so neither a page that went wrong nor a stranger's project file can have this program
 * read or write elsewhere. Kept over restarts, so that interrupted jobs can go on.
 */
export class GrantedPaths {
  readonly #file: JsonFile<string[]>;

  constructor(userData: string) {
    this.#file = new JsonFile(join(userData, 'granted.json'), z.array(z.string().max(4096)), []);
  }

  async grant(path: string): Promise<void> {
    const chosen = resolve(path);
    if (isAbsolute(path) && !(await this.#holds(chosen))) {
      await this.#file.update((paths) => [...paths, chosen].slice(-KEPT));
    }
  }

  /** @returns the path, made plain. @throws PathNotChosenError */
  async check(path: string): Promise<string> {
    if (!(await this.has(path))) throw new PathNotChosenError(path);
    return resolve(path);
  }

  /** Whether the user chose the path, or a folder that it lies in. Touches no disk and no network. */
  async has(path: string): Promise<boolean> {
    return isAbsolute(path) && !path.includes('\0') && this.#holds(resolve(path));
  }

  async #holds(path: string): Promise<boolean> {
    const granted = await this.#file.read();
    return granted.some((root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep));
  }
}
