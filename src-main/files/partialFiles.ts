import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Tells machines apart that write to one share; nobody learns the name of a computer from a file that was left. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const PARTIAL = /\.partial-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}(\.[a-z]+)?$/;

/** Folders that this process has swept. */
const swept = new Set<string>();

/** Characters of the finished file's name that are kept: file systems take 255 bytes, and a character has up to four. */
const KEPT = 40;

/** A name beside `path` for a file that is being written: of nobody else, and one that tells whose it was. */
export function partialName(path: string): string {
  const mark = `partial-${HOST}-${process.pid}-${randomBytes(4).toString('hex')}`;
  return join(dirname(path), `${[...basename(path)].slice(0, KEPT).join('')}.${mark}`);
}

/** Removes the files and folders that killed processes of this machine left half-written in a folder, once a process. What cannot be removed stays. */
export async function sweepPartialFiles(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  swept.add(folder);
  for (const name of await readdir(folder).catch(() => [])) {
    const [, host, pid] = PARTIAL.exec(name) ?? [];
    if (host !== HOST || isAlive(Number(pid))) continue;
    await rm(join(folder, name), { force: true, recursive: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is there, and may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
