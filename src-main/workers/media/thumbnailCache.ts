import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from './mediaSource.ts';

/** Raise when thumbnails are drawn differently. */
const VERSION = 1;
const HASH = /^[0-9a-f]{16,128}$/;

/** Thumbnails on disk, by the hash of the image's pixels, so that equal images share one and changed ones get another. */
export class ThumbnailCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, `v${VERSION}`);
  }

  async get(hash: string): Promise<Picture | null> {
    const path = this.#path(hash);
    if (path === null) return null;
    const bytes = await readFile(path).catch(() => null);
    return bytes && { type: 'image/webp', bytes };
  }

  /** Keeps a thumbnail; a cache that cannot be written is only slow. */
  async put(hash: string, { bytes }: Picture): Promise<void> {
    const path = this.#path(hash);
    if (path === null) return;
    const partial = `${path}.partial-${process.pid}`;
    try {
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(partial, bytes);
      await rename(partial, path);
    } catch {
      await rm(partial, { force: true }).catch(() => undefined);
    }
  }

  /** Hashes come from the project file, which may be a stranger's: only hexadecimal digits become part of a path. */
  #path(hash: string): string | null {
    return HASH.test(hash) ? join(this.#folder, hash.slice(0, 2), `${hash}.webp`) : null;
  }
}
