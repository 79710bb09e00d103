import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { discPixels, photoPixels, png, scaled } from './pictures.ts';

export type Files = Readonly<Record<string, Buffer>>;

/** Makes a temporary folder with these files; it is removed when the test ends. */
export async function folderOf(files: Files): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'ccnet-dataset-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, data] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), data);
  }
  return root;
}

/** `count` sound pairs, images/good0.png with masks/good0.png and so on. */
export async function soundPairs(count: number, firstSeed = 100): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (let index = 0; index < count; index += 1) {
    files[`images/good${index}.png`] = await png(photoPixels(firstSeed + index * 17));
    files[`masks/good${index}.png`] = await png(scaled(discPixels(index), 255));
  }
  return files;
}
