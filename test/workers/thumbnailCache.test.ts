import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ThumbnailCache } from '../../src-main/workers/media/thumbnailCache.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const media = { root: '/data', image: 'a.png', masks: ['m.png'], page: 0 };
const picture = { type: 'image/webp', bytes: new Uint8Array(1000) } as const;

it('the thumbnails that were not seen for the longest time go when there are more bytes than are kept', async () => {
  const folder = temporaryFolder();
  const roomy = new ThumbnailCache(folder);
  const names = (): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
  for (let hash = 0; hash < 5; hash++) await roomy.put(String(hash), media, picture);
  names().forEach((path) => utimesSync(path, 1e9, 1e9));
  // Two of the old ones are looked at.
  expect(await roomy.get('1', media)).not.toBeNull();
  expect(await roomy.get('3', media)).not.toBeNull();

  await new ThumbnailCache(folder, 3000).put('5', media, picture);
  expect(names()).toHaveLength(3);
  for (const hash of ['1', '3', '5']) expect(await roomy.get(hash, media)).not.toBeNull();
});
