import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'ccnet-host-';
/** As `mkdtemp` names them; earlier versions had the shorter prefix. */
const NAMES = /^ccnet-(host-)?[A-Za-z0-9]{6}$/;
const SOCKET = 'socket';

/**
 * Where this process listens for second starts: a pipe on Windows; elsewhere a socket in a folder of its own below the system's
 * temporary folder, because a path in the user's data may be too long for one. The folder goes with the process.
 */
export function instanceSocket(): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\ccnet-${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, SOCKET);
}

/**
 * Removes what killed processes left: folders of this user that hold a socket and nothing else, on which nobody listens.
 * @returns when every such folder has been looked at
 */
export async function removeDeadSockets(): Promise<void> {
  if (process.platform === 'win32') return;
  const folders = readdirSync(tmpdir())
    .filter((name) => NAMES.test(name))
    .map((name) => join(tmpdir(), name));
  await Promise.all(
    folders.map(async (folder) => {
      if (holdsOnlySocket(folder) && (await isDead(join(folder, SOCKET))))
        rmSync(folder, { recursive: true, force: true });
    }),
  );
}

function holdsOnlySocket(folder: string): boolean {
  try {
    const names = readdirSync(folder);
    const socket = lstatSync(join(folder, SOCKET));
    return names.length === 1 && socket.isSocket() && socket.uid === process.getuid?.();
  } catch {
    return false;
  }
}

function isDead(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(false);
    });
    connection.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
}
