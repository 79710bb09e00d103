import { stat } from 'node:fs/promises';
import { SourceError } from '../datasetErrors.ts';
import type { DatasetSource } from './datasetSource.ts';
import { openFolder } from './folderSource.ts';
import { openZip } from './zipSource.ts';

/**
 * Opens a folder or a .zip. Nothing is ever written to either, and a .zip is not unpacked.
 * @throws SourceError when there is neither; ZipRefusedError when an entry of the .zip is unsafe
 */
export async function openSource(path: string): Promise<DatasetSource> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'ENOENT' ? 'does not exist' : `cannot be opened (${cause.code ?? cause.message})`;
    throw new SourceError(`"${path}" ${why}.`, 'Check the path and that you may read it.', undefined, {
      cause,
    });
  });
  if (found.isDirectory()) return openFolder(path);
  if (found.isFile()) return openZip(path);
  throw new SourceError(
    `"${path}" is neither a folder nor a file.`,
    'Give a folder of images, or a .zip of one.',
  );
}
