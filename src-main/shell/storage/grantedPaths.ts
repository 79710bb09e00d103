import { dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';
import { JsonFile } from '../../files/jsonFile.ts';

const KEPT = 500;

/**
 * The files and folders that the user has chosen in a system dialog or dropped on the window. Only these, and what lies in
 * them, may the window name in its calls: so neither a page that went wrong nor a stranger's project file can have this program
 * read or write elsewhere. The latest are kept over restarts, so that interrupted jobs can go on.
 */
export class GrantedPaths {
  readonly #file: JsonFile<string[]>;
  /** Those of this session: thousands of files may be dropped at once. */
  readonly #session = new Set<string>();
  #unsaved: string[] = [];
  #saving: Promise<void> | null = null;

  constructor(userData: string) {
    this.#file = new JsonFile(join(userData, 'granted.json'), z.array(z.string().max(4096)), []);
  }

  /** Holds at once; resolves when it was also written down for the next start, where that is possible. */
  async grant(path: string): Promise<void> {
    if (!isAbsolute(path)) return;
    const chosen = resolve(path);
    if (!this.#session.has(chosen)) {
      this.#session.add(chosen);
      this.#unsaved.push(chosen);
    }
    await (this.#saving ??= this.#save());
  }

  /** @returns the path, made plain. @throws path-not-chosen */
  async check(path: string): Promise<string> {
    if (!(await this.has(path))) throw new CcnetError('path-not-chosen', { path });
    return resolve(path);
  }

  /** Whether the user chose the path, or a folder that it lies in. Touches no disk and no network. */
  async has(path: string): Promise<boolean> {
    return isAbsolute(path) && !path.includes('\0') && this.#holds(resolve(path));
  }

  async #holds(path: string): Promise<boolean> {
    const remembered = new Set(await this.#file.read());
    for (let at = path; ; at = dirname(at)) {
      if (this.#session.has(at) || remembered.has(at)) return true;
      if (dirname(at) === at) return false;
    }
  }

  /** Writes all that were granted meanwhile in one go. */
  async #save(): Promise<void> {
    await this.#file.read();
    this.#saving = null;
    const added = this.#unsaved;
    this.#unsaved = [];
    if (added.length === 0) return;
    const remember = (paths: string[]): string[] =>
      [...paths.filter((one) => !added.includes(one)), ...added].slice(-KEPT);
    // What cannot be written down holds for this session all the same.
    await this.#file.update(remember).catch(() => undefined);
  }
}
