import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, extname, join, basename } from 'node:path';
import type Database from 'better-sqlite3';

/**
 * Copies an open project beside itself, through SQLite (so that a concurrent reader cannot disturb it), and flushes
 * it to the disk: `lab.ccnet` at version 1 becomes `lab.v1.backup.ccnet`, or `lab.v1.backup-2.ccnet` if that exists.
 * @returns the backup's path.
 */
export function backupProject(connection: Database.Database, path: string, version: number): string {
  const target = freeName(path, version);
  const partial = `${target}.partial`;
  try {
    rmSync(partial, { force: true });
    connection.prepare('VACUUM INTO ?').run(partial);
    flush(partial);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  return target;
}

function freeName(path: string, version: number): string {
  const extension = extname(path);
  const stem = join(dirname(path), basename(path, extension));
  for (let copy = 1; ; copy++) {
    const name = `${stem}.v${version}.backup${copy === 1 ? '' : `-${copy}`}${extension}`;
    if (!existsSync(name)) return name;
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
