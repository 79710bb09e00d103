import { basename } from 'node:path';
import { CcnetError } from '#common/errors.ts';

/** Bytes of a path that SQLite takes on Linux and macOS (its mxPathname is 512), and characters that Windows takes without more. */
const MOST = process.platform === 'win32' ? 259 : 511;
/** Bytes of a single name that file systems take. */
const MOST_NAME = 255;
/** The longest of the files that lie beside a project for a while: its lock's journal. */
const LONGEST_ENDING = '.lock-journal';

/**
 * What a project's path is too long for, where that is why it cannot be opened; null where it is not.
 * @param path absolute path of the project
 */
export function pathTooLong(path: string, cause?: unknown): CcnetError | null {
  const length = Buffer.byteLength(path + LONGEST_ENDING);
  const nameLength = Buffer.byteLength(basename(path) + LONGEST_ENDING);
  if (length <= MOST && nameLength <= MOST_NAME) return null;
  const part = length > MOST ? 'path' : 'name';
  const most = (part === 'path' ? MOST : MOST_NAME) - LONGEST_ENDING.length;
  const facts = {
    path,
    part,
    length: part === 'path' ? Buffer.byteLength(path) : Buffer.byteLength(basename(path)),
    most,
  } as const;
  return new CcnetError('project-path-too-long', facts, { cause });
}
