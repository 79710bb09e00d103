import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../src-main/dataset/source/openSource.ts';
import { examineDataset } from '../../src-main/dataset/doctor/examineDataset.ts';
import { ZIP_LIMITS } from '../../src-main/dataset/decoding/limits.ts';
import { openZip } from '../../src-main/dataset/source/zipSource.ts';
import { folderOf, soundPairs } from './support/folder.ts';
import { zip } from './support/zip.ts';
import { failing } from '../failing.ts';

async function archiveOf(bytes: Buffer): Promise<string> {
  const path = join(await folderOf({}), 'set.zip');
  await writeFile(path, bytes);
  return path;
}

const data = Buffer.from('some pixels');
const SMALL = {
  ...ZIP_LIMITS,
  entries: 3,
  entryBytes: 5000,
  totalBytes: 8000,
  ratio: 20,
  ratioFromBytes: 1000,
};
const noise = (bytes: number): Buffer =>
  Buffer.from(Array.from({ length: bytes }, (_, i) => (i * i * 31 + (i >> 3)) % 256));

describe('unsafe archives are refused and the entry is named', () => {
  it.each([
    ['a path that climbs out', { name: 'images/../../evil.png', data }, 'leaves the folder (..)'],
    ['an absolute path', { name: '/etc/evil.png', data }, 'has an absolute path'],
    ['a drive letter', { name: 'C:/evil.png', data }, 'starts with a drive letter'],
    ['a backslash', { name: 'images\\..\\evil.png', data }, 'has a backslash in its name'],
    ['a zero byte', { name: 'evil.png\0.txt', data }, 'has a zero byte in its name'],
    ['a symbolic link', { name: 'link.png', data, mode: 0o120777 }, 'is a symbolic link'],
    ['encryption', { name: 'secret.png', data, flags: 1 }, 'is encrypted'],
    ['an unknown compression', { name: 'odd.png', data, method: 99 }, 'is compressed by method 99'],
    [
      'an entry that is too large',
      { name: 'big.png', data: noise(6000), method: 0 },
      'unpacks to more than 5000 bytes',
    ],
    ['a bomb', { name: 'bomb.png', data: Buffer.alloc(4000) }, 'unpacks to more than 20 times its size'],
  ])('%s', async (_name, entry, fault) => {
    const path = await archiveOf(zip([{ name: 'images/a.png', data }, entry]));
    await expect(openZip(path, SMALL)).rejects.toMatchObject({
      code: 'zip-refused',
      facts: { zip: path, entry: entry.name },
      exitCode: 3,
      message: expect.stringContaining(`its entry "${entry.name}" ${fault}`) as string,
    });
  });

  it('too many entries', async () => {
    const path = await archiveOf(zip([1, 2, 3, 4].map((index) => ({ name: `${index}.png`, data }))));
    await expect(openZip(path, SMALL)).rejects.toThrow('"4.png" is one of more than 3 entries');
  });

  it('too many bytes in all', async () => {
    const path = await archiveOf(
      zip([1, 2].map((index) => ({ name: `${index}.png`, data: noise(4500), method: 0 }))),
    );
    await expect(openZip(path, SMALL)).rejects.toThrow('"2.png" brings the unpacked total above 8000 bytes');
  });

  it('the same name twice', async () => {
    const path = await archiveOf(
      zip([
        { name: 'a.png', data },
        { name: 'a.png', data: noise(50) },
      ]),
    );
    await expect(openZip(path, SMALL)).rejects.toThrow('"a.png" is there twice');
  });

  it('a bomb whose header lies about its size, found while inflating', async () => {
    const path = await archiveOf(
      zip([{ name: 'liar.png', data: Buffer.alloc(3_000_000), claimedBytes: 900 }]),
    );
    const source = await openZip(path, SMALL);
    await expect(source.read('liar.png')).rejects.toThrow('"liar.png"');
    await source.close();
  });
});

describe('a sound archive', () => {
  it('gives the same samples as the folder it was made of', async () => {
    const files = await soundPairs(4);
    const folder = await openSource(await folderOf(files));
    const entries = Object.entries(files).map(([name, bytes]) => ({ name: `my set/${name}`, data: bytes }));
    const archive = await openSource(
      await archiveOf(zip([{ name: 'my set/', data: Buffer.alloc(0), method: 0 }, ...entries])),
    );
    const strip = (samples: readonly { imageHash: string; maskHash: string }[]): string[] =>
      samples.map(({ imageHash, maskHash }) => imageHash + maskHash);
    const [fromFolder, fromZip] = [await examineDataset(folder), await examineDataset(archive)];
    expect(archive.kind).toBe('zip');
    expect(strip(fromZip.samples)).toEqual(strip(fromFolder.samples));
    await archive.close();
  });

  it('says which entry is damaged', async () => {
    const path = await archiveOf(zip([{ name: 'a.png', data, claimedCrc: 1 }]));
    const source = await openZip(path);
    await expect(source.read('a.png')).rejects.toThrow('"a.png" is damaged inside the archive');
    await source.close();
  });

  it("refuses to read an entry above the caller's limit", async () => {
    const source = await openZip(await archiveOf(zip([{ name: 'a.png', data: noise(5000) }])));
    await expect(source.read('a.png', 100)).rejects.toThrow(
      failing('file-too-large', { file: 'a.png', most: 100 }),
    );
    await source.close();
  });
});

describe('a file that is no archive', () => {
  it.each([
    ['text', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['a cut archive', zip([{ name: 'a.png', data }]).subarray(0, 60)],
  ])('%s is refused with advice', async (_name, bytes) => {
    await expect(openSource(await archiveOf(bytes))).rejects.toMatchObject({
      code: 'zip-unreadable',
      message: expect.stringContaining('is no readable .zip archive') as string,
    });
  });

  it('and neither is one that does not exist', async () => {
    await expect(openSource('/nowhere/set.zip')).rejects.toThrow('"/nowhere/set.zip" does not exist.');
  });
});
