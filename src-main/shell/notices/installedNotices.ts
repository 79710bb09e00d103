import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Notice } from '#common/licences/notice.ts';
import { chromiumNotices } from '../../licences/chromiumNotices.ts';
import { readNotices } from '../../licences/readNotices.ts';

const CREDITS = 'LICENSES.chromium.html';

/** Where Electron's own notices lie: beside the program, on macOS among its resources. */
const places = (): readonly string[] =>
  [dirname(process.execPath), process.resourcesPath]
    .filter((folder: string | undefined) => folder !== undefined)
    .map((folder) => join(folder, CREDITS));

/** Whose work is in this installation: what the build wrote down, and what Electron brings for Chromium where it runs. */
export async function installedNotices(): Promise<readonly Notice[]> {
  const pages = await Promise.allSettled(places().map((path) => readFile(path, 'utf8')));
  const page = pages.find((read) => read.status === 'fulfilled');
  return [...readNotices(), ...(page ? chromiumNotices(page.value) : [])];
}
