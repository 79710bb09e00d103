import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'ccnet-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(dist: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'scripts/start.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist },
  });
}

describe('npm start', () => {
  it('says which folder has no Electron, and what to do', () => {
    const { status, stderr } = start(join(folder, 'none'));
    expect(status).toBe(1);
    expect(stderr).toContain(`ELECTRON_OVERRIDE_DIST_PATH is ${join(folder, 'none')}`);
    expect(stderr).toContain('npm run start:browser');
  });

  it.skipIf(process.platform !== 'linux')(
    'opens the program and the named project in the Electron that is there',
    () => {
      const electron = join(folder, 'electron');
      writeFileSync(electron, '#!/bin/sh\necho "$@"\nexit 3\n');
      chmodSync(electron, 0o755);
      const { status, stdout } = start(folder, 'lab.ccnet');
      expect(stdout.trim()).toBe(`${root} lab.ccnet`);
      expect(status).toBe(3);
    },
  );
});
