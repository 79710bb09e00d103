import { spawnSync } from 'node:child_process';
import { root } from './packHere.ts';

/**
 * Called by electron-builder before it gathers a package: writes the notices for what is installed now, because a package for
 * another processor is made after other packages of sharp were installed (docs/release.md).
 * @throws Error when the terms of something are unknown
 */
export async function beforePack(): Promise<void> {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/make-licences.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}
