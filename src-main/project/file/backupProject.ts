import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, extname, join, basename } from 'node:path';
import type Database from 'better-sqlite3';
import { syncFolderNow } from '../../files/syncFolder.ts';

/**
 * Copies an open project beside itself, through SQLite (so that a concurrent reader cannot disturb it), and flushes
 * it to the disk: `lab.ccnet` at version 1 becomes `lab.v1.backup.ccnet`, or `lab.v1.backup-2.ccnet` if that exists. A backup that holds
 * the very same already is taken instead: a migration that is killed and begun again makes no second one.
 * @returns the backup's path.
 */
export function backupProject(connection: Database.Database, path: string, version: number): string {
  const { taken, free } = backupNames(path, version);
  const partial = `${free}.partial`;
  try {
    rmSync(partial, { force: true });
    connection.prepare('VACUUM INTO ?').run(partial);
    const same = taken.find((backup) => sameContent(backup, partial));
    if (same !== undefined) {
      rmSync(partial);
      return same;
    }
    flush(partial);
    renameSync(partial, free);
    syncFolderNow(dirname(free));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  return free;
}

function backupNames(path: string, version: number): { taken: string[]; free: string } {
  const extension = extname(path);
  const stem = join(dirname(path), basename(path, extension));
  const taken: string[] = [];
  for (let copy = 1; ; copy++) {
    const name = `${stem}.v${version}.backup${copy === 1 ? '' : `-${copy}`}${extension}`;
    if (!existsSync(name)) return { taken, free: name };
    taken.push(name);
  }
}

/** What SQLite counts at each change of a file stands in its header: all else of two copies of one state is equal. */
const CHANGING = [
  [24, 28],
  [92, 96],
] as const;
const CHUNK = 1024 * 1024;

function sameContent(a: string, b: string): boolean {
  if (statSync(a).size !== statSync(b).size) return false;
  const files = [openSync(a, 'r'), openSync(b, 'r')];
  try {
    const [one, other] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)];
    for (let at = 0; ; at += CHUNK) {
      const [read = 0, readOther = 0] = [one, other].map((into, i) =>
        readSync(files[i] ?? -1, into, 0, CHUNK, at),
      );
      if (at === 0)
        for (const [from, to] of CHANGING) for (const part of [one, other]) part.fill(0, from, to);
      if (read !== readOther || !one.subarray(0, read).equals(other.subarray(0, read))) return false;
      if (read < CHUNK) return true;
    }
  } finally {
    for (const file of files) closeSync(file);
  }
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
