import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../project/temporaryFolder.ts';
import { removeDeadSockets } from './instanceSocket.ts';

describe.skipIf(process.platform === 'win32')('the folders of killed programs', () => {
  beforeEach(() => vi.stubEnv('TMPDIR', temporaryFolder()));
  afterEach(() => void vi.unstubAllEnvs());
  const folder = (name: string): string => {
    const path = join(process.env['TMPDIR'] ?? '', name);
    mkdirSync(path);
    return path;
  };
  /** A process that listens and is killed, so that its socket stays. */
  const leaveSocket = (path: string): void => {
    const code = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', code]);
  };

  it('are removed', async () => {
    const dead = folder('ccnet-host-dead01');
    leaveSocket(join(dead, 'socket'));
    expect(existsSync(join(dead, 'socket'))).toBe(true);
    await removeDeadSockets();
    expect(existsSync(dead)).toBe(false);
  });

  it('stay while somebody listens, while they are being made, and when they hold anything else', async () => {
    const [alive, empty, full] = ['alive1', 'empty1', 'full01'].map((name) => folder(`ccnet-host-${name}`));
    const server = createServer().listen(join(alive ?? '', 'socket'));
    leaveSocket(join(full ?? '', 'socket'));
    writeFileSync(join(full ?? '', 'notes.txt'), 'mine');
    await removeDeadSockets();
    expect([alive, empty, full].map((path) => existsSync(path ?? ''))).toEqual([true, true, true]);
    server.close();
  });
});
