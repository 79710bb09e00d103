import { stat } from 'node:fs/promises';
import { CcnetError } from '#common/errors.ts';
import type { DatasetSource } from './datasetSource.ts';
import { openFolder } from './folderSource.ts';
import { rememberingSource } from './rememberingSource.ts';
import { openZip } from './zipSource.ts';

/**
 * Opens a folder or a .zip. Nothing is ever written to either, and a .zip is not unpacked.
 * @throws a failure of common/failures/source.ts when there is neither, or an entry of the .zip is unsafe
 */
export async function openSource(path: string): Promise<DatasetSource> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CcnetError('source-not-found', { path }, { cause });
    throw new CcnetError('source-unreadable', { path, reason: cause.code ?? cause.message }, { cause });
  });
  if (found.isDirectory()) return rememberingSource(await openFolder(path));
  if (found.isFile()) return rememberingSource(await openZip(path));
  throw new CcnetError('source-of-other-kind', { path });
}
