import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CcnetError, reasonOf } from '#common/errors.ts';

/**
 * Writes a file so that a crash or a full disk leaves either the old file or the new one, never half of it:
 * into a neighbour first, flushed, then renamed.
 * @throws target-unwritable naming the path.
 */
export async function writeFileSafely(path: string, content: Uint8Array | string): Promise<void> {
  const partial = `${path}.partial-${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(partial, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    const reason = reasonOf(cause);
    throw new CcnetError('target-unwritable', { path, reason }, { cause });
  }
}
