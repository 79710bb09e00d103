import { stat } from 'node:fs/promises';
import type { Finding } from '../contract/dataset.ts';
import { SourceError } from './datasetErrors.ts';
import { openFolder } from './folderSource.ts';
import { openZip } from './zipSource.ts';

export interface SourceFile {
  /** Relative to the root, with forward slashes on every platform. */
  readonly path: string;
  readonly bytes: number;
}

export interface SourceListing {
  /** In natural order of their paths. */
  readonly files: readonly SourceFile[];
  /** What was left out for safety's sake, such as a link that leads out of the folder. */
  readonly refused: readonly Finding[];
}

/** A folder or a .zip of images, read-only. */
export interface DatasetSource {
  /** Absolute path of the folder or .zip. */
  readonly root: string;
  readonly kind: 'folder' | 'zip';
  list(): Promise<SourceListing>;
  /**
   * Reads one file completely.
   * @throws CcnetError naming the file when it is not there, leaves the root, or is larger than `maxBytes`
   */
  read(path: string, maxBytes?: number): Promise<Buffer>;
  close(): Promise<void>;
}

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
