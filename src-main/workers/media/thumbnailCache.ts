import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { partialName } from '../../files/partialFiles.ts';
import type { MediaSource, Picture } from './mediaSource.ts';

/** Raise when thumbnails are drawn differently. */
const VERSION = 2;
/** Bytes that are kept; about 20,000 thumbnails. */
const KEPT_BYTES = 256e6;
/** Pictures between two looks at how many bytes there are. */
const LOOK_EVERY = 500;

type Key = Pick<MediaSource, 'root' | 'image' | 'masks' | 'page'>;

/**
 * Thumbnails on disk, by where the image lies and the hash of its pixels, so that a changed image gets another. The hash alone would not do: a
 * stranger's project may give its images the hashes of others. Those that were not looked at for the longest time go when there are many.
 */
export class ThumbnailCache {
  readonly #folder: string;
  readonly #keptBytes: number;
  #untilLook = 0;

  constructor(folder: string, keptBytes = KEPT_BYTES) {
    this.#folder = join(folder, `v${VERSION}`);
    this.#keptBytes = keptBytes;
  }

  async get(hash: string, media: Key): Promise<Picture | null> {
    const path = this.#path(hash, media);
    const bytes = await readFile(path).catch(() => null);
    if (!bytes) return null;
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return { type: 'image/webp', bytes };
  }

  /** Keeps a thumbnail; a cache that cannot be written is only slow. */
  async put(hash: string, media: Key, { bytes }: Picture): Promise<void> {
    const path = this.#path(hash, media);
    const partial = partialName(path);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(partial, bytes);
      await rename(partial, path);
    } catch {
      await rm(partial, { force: true }).catch(() => undefined);
    }
    if (this.#untilLook-- <= 0) {
      this.#untilLook = LOOK_EVERY;
      await this.#shrink().catch(() => undefined);
    }
  }

  async #shrink(): Promise<void> {
    const names = await readdir(this.#folder, { recursive: true });
    const files = [];
    for (const name of names) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null);
      if (found?.isFile()) files.push({ path, bytes: found.size, seen: found.mtimeMs });
    }
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    for (const file of files.sort((a, b) => a.seen - b.seen)) {
      if (bytes <= this.#keptBytes) return;
      bytes -= file.bytes;
      await rm(file.path, { force: true });
    }
  }

  #path(hash: string, { root, image, masks, page }: Key): string {
    const key = createHash('sha256')
      .update(JSON.stringify([root, image, masks, page, hash]))
      .digest('hex');
    return join(this.#folder, key.slice(0, 2), `${key}.webp`);
  }
}
