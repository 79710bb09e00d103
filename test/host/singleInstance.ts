import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { instanceSocket, removeDeadSockets } from './instanceSocket.ts';

/**
 * Electron's single-instance lock: true for the first process of this user data folder; any other one hands its arguments to
 * the first and gets false. A lock whose process is gone is taken over.
 */
export function takeInstanceLock(
  userData: string,
  onSecond: (argv: string[], folder: string) => void,
): boolean {
  const path = join(userData, 'instance.json');
  const holder = readHolder(path);
  if (holder && isAlive(holder.pid)) {
    connect(holder.socket).end(JSON.stringify({ argv: process.argv, folder: process.cwd() }));
    return false;
  }
  void removeDeadSockets();
  const socket = instanceSocket();
  const server = createServer((connection) => {
    let text = '';
    connection.on('data', (chunk) => (text += chunk.toString()));
    connection.on('end', () => {
      // One that only asks whether somebody listens says nothing.
      if (text === '') return;
      const { argv, folder } = JSON.parse(text) as { argv: string[]; folder: string };
      onSecond(argv, folder);
    });
  });
  server.listen(socket);
  server.unref();
  writeFileSync(path, JSON.stringify({ pid: process.pid, socket }));
  process.on('exit', () => rmSync(path, { force: true }));
  return true;
}

function readHolder(path: string): { pid: number; socket: string } | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; socket: string };
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
