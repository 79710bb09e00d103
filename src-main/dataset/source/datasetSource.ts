import type { Finding } from '#common/dataset/dataset.ts';

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
  /** Reads the first bytes of a file, at most so many; more where no part can be had alone. @throws as `read` */
  readStart(path: string, bytes: number): Promise<Buffer>;
  close(): Promise<void>;
}
