import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobRequestSchema } from '#contract/jobs/jobKinds.ts';
import { pathsOf } from '#contract/jobs/pathsOf.ts';
import { GrantedPaths } from '../../src-main/shell/storage/grantedPaths.ts';
import { checkRequestPaths } from '../../src-main/shell/storage/requestPaths.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';
import { EXAMPLE_REQUESTS } from '../contract/exampleRequests.ts';

const userData = temporaryFolder;
const chosen = resolve('/lab/images');

describe('a path that the window names', () => {
  it('is taken when the user chose it, or a folder that it lies in', async () => {
    const granted = new GrantedPaths(userData());
    await granted.grant(chosen);
    expect(await granted.check(chosen)).toBe(chosen);
    expect(await granted.check(join(chosen, 'a', 'b.png'))).toBe(join(chosen, 'a', 'b.png'));
  });

  it.each([
    ['never chosen', '/etc/passwd'],
    ['a neighbour that begins like the chosen folder', `${chosen}-private`],
    ['outside, by a detour through the chosen folder', `${chosen}/../private`],
    ['above the chosen folder', resolve('/lab')],
    ['relative', 'lab/images'],
    ['cut short by a NUL byte', `${chosen}/a\0.png`],
  ])('is refused when it is %s', async (_what, path) => {
    const granted = new GrantedPaths(userData());
    await granted.grant(chosen);
    await expect(granted.check(path)).rejects.toMatchObject({ code: 'path-not-chosen' });
  });

  it('is remembered at the next start, so that an interrupted job can go on', async () => {
    const folder = userData();
    await new GrantedPaths(folder).grant(chosen);
    expect(await new GrantedPaths(folder).check(chosen)).toBe(chosen);
  });

  it('is forgotten, not guessed, when the memory is damaged', async () => {
    const folder = userData();
    writeFileSync(join(folder, 'granted.json'), '["/"');
    await expect(new GrantedPaths(folder).check('/etc')).rejects.toMatchObject({ code: 'path-not-chosen' });
  });
});

describe('files that were dropped one by one', () => {
  const folder = resolve('/lab/cells');
  const files = Array.from({ length: 3000 }, (_, i) => `images/${i}.png`);

  it('hold at once and all of them, however many', async () => {
    const granted = new GrantedPaths(userData());
    const kept = files.map((file) => granted.grant(join(folder, file)));
    for (const file of files) expect(await granted.check(join(folder, file))).toBe(join(folder, file));
    await Promise.all(kept);
  });

  it('may be examined, but give no right to the folder that they lie in, nor to its other files', async () => {
    const granted = new GrantedPaths(userData());
    for (const file of files.slice(0, 2)) void granted.grant(join(folder, file));
    const ask = (named: readonly string[] | undefined) =>
      checkRequestPaths(
        jobRequestSchema.parse({ kind: 'check-dataset', path: folder, ...(named && { files: named }) }),
        granted,
      );
    expect(await ask(files.slice(0, 2))).toMatchObject({ path: folder, files: files.slice(0, 2) });
    for (const named of [undefined, files.slice(0, 3), ['images/../../secrets.png']])
      await expect(ask(named)).rejects.toMatchObject({ code: 'path-not-chosen' });
  });
});

const naming = Object.values(EXAMPLE_REQUESTS).filter((request) => pathsOf(request).length > 0);

describe('a job request', () => {
  it.each(naming)('of kind $kind is refused with a path that nobody chose', async (request) => {
    const checked = checkRequestPaths(request, new GrantedPaths(userData()));
    await expect(checked).rejects.toMatchObject({ code: 'path-not-chosen' });
  });

  it.each(naming)(
    'of kind $kind is taken, with its path made plain, once the user chose it',
    async (request) => {
      const granted = new GrantedPaths(userData());
      await granted.grant('/etc');
      const [named] = pathsOf(request);
      const { field = '', path = '' } = named ?? {};
      const roundabout = { ...request, [field]: path.replace('/etc/', '/etc/../etc/') };
      expect(await checkRequestPaths(roundabout, granted)).toEqual({ ...request, [field]: resolve(path) });
    },
  );

  it('for what comes with the product names no path', async () => {
    const request = { kind: 'import-library', file: null } as const;
    expect(await checkRequestPaths(request, new GrantedPaths(userData()))).toEqual(request);
  });
});
