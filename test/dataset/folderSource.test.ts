import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../src-main/dataset/source/openSource.ts';
import { folderOf } from './support/folder.ts';

const bytes = Buffer.from('pixels');

describe('a folder as source', () => {
  it('lists nested files with sizes, in natural order and with forward slashes', async () => {
    const source = await openSource(await folderOf({ 'b/10.png': bytes, 'b/9.png': bytes, 'a.png': bytes }));
    expect((await source.list()).files).toEqual([
      { path: 'a.png', bytes: 6 },
      { path: 'b/9.png', bytes: 6 },
      { path: 'b/10.png', bytes: 6 },
    ]);
  });

  it('does not follow a link that leads out, and says so', async () => {
    const outside = await folderOf({ 'secret.png': bytes });
    const root = await folderOf({ 'a.png': bytes });
    await symlink(join(outside, 'secret.png'), join(root, 'file.png'));
    await symlink(outside, join(root, 'folder'));
    await symlink(join(root, 'gone'), join(root, 'broken.png'));
    const { files, refused } = await (await openSource(root)).list();
    expect(files.map((file) => file.path)).toEqual(['a.png']);
    expect(refused.map(({ code, file }) => `${code} ${file}`).sort()).toEqual([
      'broken-link broken.png',
      'link-outside file.png',
      'link-outside folder',
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'leaves out names that lead away on Windows, and says so',
    async () => {
      const root = await folderOf({
        'a.png': bytes,
        '\\b.png': bytes,
        'h\\..\\c.png': bytes,
        'd/\\e.png': bytes,
        '\\f/g.png': bytes,
      });
      const { files, refused } = await (await openSource(root)).list();
      expect(files.map((file) => file.path)).toEqual(['a.png', 'd/\\e.png']);
      expect(refused.map(({ code, file }) => `${code} ${file}`).sort()).toEqual([
        'name-leads-away \\b.png',
        'name-leads-away \\f',
        'name-leads-away h\\..\\c.png',
      ]);
    },
  );

  it('does not take a sibling folder of the same beginning for its inside', async () => {
    const parent = await folderOf({ 'set/a.png': bytes, 'set-secret/b.png': bytes });
    await symlink(join(parent, 'set-secret'), join(parent, 'set', 'link'));
    const { files, refused } = await (await openSource(join(parent, 'set'))).list();
    expect(files).toHaveLength(1);
    expect(refused).toHaveLength(1);
  });

  it.skipIf(process.platform !== 'linux')(
    'names a file whose name is no UTF-8, and lists the others',
    async () => {
      const root = await folderOf({ 'images/a.png': bytes });
      await writeFile(
        Buffer.concat([Buffer.from(`${root}/images/caf`), Buffer.from([0xe9, 0x2e, 0x70])]),
        bytes,
      );
      const { files, refused } = await (await openSource(root)).list();
      expect(files.map((file) => file.path)).toEqual(['images/a.png']);
      expect(refused).toEqual([
        expect.objectContaining({
          code: 'unreadable',
          problem: expect.stringContaining('not written in UTF-8') as string,
        }),
      ]);
    },
  );

  it('tells what iCloud has not downloaded', async () => {
    const root = await folderOf({ 'images/.a.png.icloud': bytes, 'images/.b.png.icloud': bytes });
    const { files, refused } = await (await openSource(root)).list();
    expect(files).toEqual([]);
    expect(refused).toEqual([
      expect.objectContaining({
        code: 'not-downloaded',
        file: 'images',
        problem: 'iCloud has not downloaded a.png and 1 other file.',
      }),
    ]);
  });

  it('walks through a loop of links once', async () => {
    const root = await folderOf({ 'a/x.png': bytes });
    await symlink(root, join(root, 'a', 'loop'));
    await symlink(join(root, 'a'), join(root, 'again'));
    const { files, refused } = await (await openSource(root)).list();
    expect(files.map((file) => file.path)).toEqual(['a/x.png']);
    expect(refused).toEqual([]);
  });

  it.each(['../secret.png', '/etc/hostname', 'a/../../secret.png', 'link.png'])(
    'does not read %s, which leads out',
    async (path) => {
      const outside = await folderOf({ 'secret.png': bytes });
      const root = await folderOf({ 'a.png': bytes });
      await mkdir(join(root, 'a'));
      await symlink(join(outside, 'secret.png'), join(root, 'link.png'));
      await expect((await openSource(root)).read(path)).rejects.toThrow(
        `"${path}" leads out of the data set's folder`,
      );
    },
  );

  it('refuses a file above the limit', async () => {
    const source = await openSource(await folderOf({ 'a.png': bytes }));
    await expect(source.read('a.png', 5)).rejects.toMatchObject({ code: 'file-too-large' });
  });
});
