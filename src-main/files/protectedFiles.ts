import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import type { FactsOf } from '#common/failures/failures.ts';
import { serverOf } from './serverOf.ts';

/** A folder or file of originals. */
export interface Originals {
  /** What it is called, for the message. */
  readonly name: string;
  /** Absolute path of the folder, .zip or image. */
  readonly root: string;
  /** Files that are read from a folder, relative to it. */
  readonly files: () => readonly string[];
}

export interface Inputs {
  /** The project file, links followed; null without one. */
  readonly project: string | null;
  readonly originals: readonly Originals[];
  /** Whether a file's name promises an image: none that lies in a folder of originals is replaced, used or not. */
  readonly isImage: (path: string) => boolean;
}

type Kind = FactsOf<'output-is-input'>['is'];
type Found = Awaited<ReturnType<typeof identityOf>>;

/** Ends of the names that SQLite and the writer lock put behind the project's. */
const BESIDE = /^(\.lock|\.new)?(-journal|-wal|-shm)?$/;
const SQLITE = 'SQLite format 3\0';

/**
 * What no output may replace: the project with its lock, its journal and its backups, any other project, and every file of the datasets.
 * Files are compared by what they are, not by their names alone, so that links lead nowhere else.
 */
export class ProtectedFiles {
  readonly #inputs: Inputs;
  readonly #realRoots = new Map<string, Promise<string | null>>();

  constructor(inputs: Inputs) {
    this.#inputs = inputs;
  }

  /** @throws output-is-input when writing there would replace what must stay */
  async requireFree(path: string): Promise<void> {
    const target = resolve(path);
    const refusal = (await this.#projectPart(target)) ?? (await this.#original(target));
    if (refusal) throw new CcnetError('output-is-input', { path: target, ...refusal });
  }

  async #projectPart(target: string): Promise<{ is: Kind; of: string } | null> {
    const { project } = this.#inputs;
    const found = await identityOf(target);
    if (project !== null) {
      const folder = dirname(project);
      const sameFolder = same(await identityOf(dirname(target)), await identityOf(folder));
      if (sameFolder && isPartOf(project, basename(target))) return { is: 'project', of: project };
      if (found) {
        const parts = (await readdir(folder).catch(() => [])).filter((name) => isPartOf(project, name));
        for (const part of parts) {
          if (same(found, await identityOf(join(folder, part)))) return { is: 'project', of: project };
        }
      }
    }
    // Another project, its lock or a backup: looked into only now, as reading a file that is locked here would free it.
    if (found && !found.isFile && !found.isFolder) return { is: 'other', of: target };
    if (found?.isFile && (await beginsWith(target, SQLITE))) return { is: 'database', of: target };
    return null;
  }

  async #original(target: string): Promise<{ is: Kind; of: string } | null> {
    const found = await identityOf(target);
    if (!found?.isFile) return null;
    const real = await realpath(target);
    for (const { name, root, files } of this.#inputs.originals) {
      const realRoot = await this.#realRoot(root, target);
      if (realRoot === null) continue;
      if (same(found, await identityOf(realRoot))) return { is: 'original', of: name };
      const inside = real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);
      if (inside && this.#inputs.isImage(real)) return { is: 'original', of: name };
      // A file of one name that lies elsewhere is no file of the folder: links that lead out of it are never followed.
      if (!inside && found.links < 2) continue;
      for (const file of files()) {
        if (same(found, await identityOf(join(realRoot, file)))) return { is: 'original', of: name };
      }
    }
    return null;
  }

  /** Null where nothing lies there, or on a server that has nothing to do with the target: asking it would tell it who asks. */
  #realRoot(root: string, target: string): Promise<string | null> {
    const server = serverOf(root);
    if (server !== null && server !== serverOf(target)) return Promise.resolve(null);
    let real = this.#realRoots.get(root);
    if (!real) this.#realRoots.set(root, (real = realpath(root).catch(() => null)));
    return real;
  }
}

/** Which file a path leads to, links followed; null where there is none. */
async function identityOf(path: string) {
  const found = await stat(path, { bigint: true }).catch(() => null);
  if (!found) return null;
  const { dev, ino, nlink: links } = found;
  return { dev, ino, links, isFile: found.isFile(), isFolder: found.isDirectory() };
}

function same(a: Found, b: Found): boolean {
  return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino;
}

/** Whether a name in the project's folder is the project's, or one that it has beside itself. Some systems know no upper case. */
function isPartOf(project: string, name: string): boolean {
  const plain = (text: string): string => text.normalize('NFC').toLowerCase();
  const [file, other] = [plain(basename(project)), plain(name)];
  if (other === file || (other.startsWith(file) && BESIDE.test(other.slice(file.length)))) return true;
  const extension = extname(file);
  const stem = `${basename(file, extension)}.v`;
  return other.startsWith(stem) && /^\d+\.backup/.test(other.slice(stem.length));
}

async function beginsWith(path: string, words: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => null);
  try {
    const head = Buffer.alloc(words.length);
    return file !== null && (await file.read(head, 0, head.length, 0)).bytesRead === head.length
      ? head.toString('latin1') === words
      : false;
  } finally {
    await file?.close();
  }
}
