import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standInElectron } from './standInElectron.ts';

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const require = createRequire(import.meta.url);

export interface Packed {
  /** The program's executable: here, the stand-in. */
  readonly executable: string;
  /** Everything that is not Electron's own. */
  readonly resources: string;
}

/**
 * Packs the built program for Linux without a download: electron-builder with a stand-in for Electron.
 * @param out folder that is emptied and receives the package
 * @param arch processor that the package is for
 * @throws Error with electron-builder's output when it fails, as for a processor that our addon was not compiled for
 */
export function packHere(out: string, arch = process.arch): Packed {
  rmSync(out, { recursive: true, force: true });
  const electron = join(out, 'stand-in');
  const { version } = JSON.parse(readFileSync(require.resolve('electron/package.json'), 'utf8')) as {
    version: string;
  };
  standInElectron(electron, version);
  const builder = join(dirname(require.resolve('electron-builder/package.json')), 'cli.js');
  const overrides = [`-c.electronDist=${electron}`, `-c.directories.output=${out}`];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [builder, '--linux', 'dir', `--${arch}`, '--config', 'electron-builder.yml', ...overrides],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`electron-builder failed (code ${status}):\n${stdout}\n${stderr}`);
  const unpacked = join(out, arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`);
  return { executable: join(unpacked, 'ccnet-workstation'), resources: join(unpacked, 'resources') };
}
