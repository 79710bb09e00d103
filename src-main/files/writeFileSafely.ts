import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CcnetError, reasonOf } from '#common/errors.ts';
import { partialName, sweepPartialFiles } from './partialFiles.ts';
import { renameOver } from './renameOver.ts';
import { syncFolder } from './syncFolder.ts';

/**
 * Writes a file so that a crash, a power cut or a full disk leaves either the old file or the new one, never half of it: into a
 * neighbour first, flushed, then renamed, and the name flushed too. Where it resolves, the file stays. What jobs write for the user goes
 * through OutputFiles, which keeps it off their inputs.
 * @throws target-unwritable naming the path.
 */
export async function writeFileSafely(path: string, content: Uint8Array | string): Promise<void> {
  const target = resolve(path);
  const partial = partialName(target);
  try {
    await makeFolder(dirname(target));
    await sweepPartialFiles(dirname(target));
    const file = await open(partial, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameOver(partial, target);
    await syncFolder(dirname(target));
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    const reason = reasonOf(cause);
    throw new CcnetError('target-unwritable', { path, reason }, { cause });
  }
}

/** Makes a folder with those above it, each of which a power cut leaves where it is. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === resolve(first)) return;
  }
}
