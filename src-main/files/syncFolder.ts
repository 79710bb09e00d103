import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** What file systems answer that cannot flush a folder, or will not let this user open it: nothing more can be asked of them. */
const CANNOT = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES', 'EPERM', 'EISDIR', 'EBADF']);

/**
 * Has the disk keep the names of a folder: a file that was made, renamed or removed in it is so after a power cut, too. Windows flushes
 * no folders; NTFS keeps names in a journal of its own.
 * @throws what the disk answers when it fails
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    passUnlessImpossible(error);
  }
}

/** As syncFolder, at once. */
export function syncFolderNow(folder: string): void {
  if (process.platform === 'win32') return;
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    passUnlessImpossible(error);
  }
}

function passUnlessImpossible(error: unknown): void {
  if (!CANNOT.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
}
