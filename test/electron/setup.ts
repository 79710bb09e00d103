/** Vitest's set-up of the tests in a real Electron: a screen where there is none, and what Electron starts. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareRuntime } from './runtime.ts';

/** Starts Xvfb on the first free number. @returns how to end it. @throws Error when it cannot be started */
async function openScreen(): Promise<() => void> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    screen.once('error', () =>
      reject(new Error('There is no screen, and no Xvfb to make one (package xvfb).')),
    );
    screen.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}.`)));
    screen.stdio[3]?.on('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  process.env['DISPLAY'] = `:${number}`;
  return () => void screen.kill();
}

/** @returns what takes everything away again */
export async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-electron-'));
  const given = process.env['CCNET_ELECTRON'] ?? '';
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const runtime = await prepareRuntime(given, folder).catch((error: unknown) => {
    remove();
    throw error;
  });
  process.env['CCNET_ELECTRON_RUNTIME'] = JSON.stringify(runtime);
  process.env['CCNET_ELECTRON_NODE'] = process.execPath;
  process.env['CCNET_ELECTRON_PARENT_PORT'] = fileURLToPath(
    new URL('../host/parentPort.ts', import.meta.url),
  );
  const closeScreen =
    process.platform === 'linux' && process.env['DISPLAY'] === undefined ? await openScreen() : null;
  return () => {
    closeScreen?.();
    remove();
  };
}
