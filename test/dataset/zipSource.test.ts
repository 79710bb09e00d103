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

/** As messages show it: with forward slashes. */
const shownName = (name: string | Buffer): string =>
  (typeof name === 'string' ? name : name.toString('latin1').replace('\x8e', '\u00c4')).replaceAll('\\', '/');

describe('unsafe archives are refused and the entry is named', () => {
  it.each([
    ['a path that climbs out', { name: 'images/../../evil.png', data }, 'leaves the folder (..)'],
    ['an absolute path', { name: '/etc/evil.png', data }, 'has an absolute path'],
    ['a drive letter', { name: 'C:/evil.png', data }, 'starts with a drive letter'],
    [
      'a path that climbs out by backslashes',
      { name: 'images\\..\\..\\evil.png', data },
      'leaves the folder (..)',
    ],
    ['a share of another machine', { name: '\\\\host\\evil.png', data }, 'has an absolute path'],
    [
      'a climb in an old code page',
      { name: Buffer.from('\x8e/..\\../evil.png', 'latin1'), data },
      'leaves the folder (..)',
    ],
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
      facts: { zip: path },
      exitCode: 3,
      message: expect.stringContaining(`its entry "${shownName(entry.name)}" ${fault}`) as string,
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

describe('names are read as they were meant', () => {
  const listed = async (names: readonly (string | Buffer)[]): Promise<string[]> => {
    const source = await openZip(await archiveOf(zip(names.map((name) => ({ name, data })))));
    const { files } = await source.list();
    // Every listed name must also open.
    for (const { path } of files) expect(await source.read(path)).toEqual(data);
    await source.close();
    return files.map(({ path }) => path);
  };
  const hex = (...parts: string[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part, 'hex')));
  const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

  it.each<[string, Buffer[], string[]]>([
    ['UTF-8 without the flag', [Buffer.from('images/Pr\u00e4parat.png')], ['images/Pr\u00e4parat.png']],
    ['decomposed UTF-8 without the flag', [Buffer.from('e\u0301.png')], ['e\u0301.png']],
    ['Shift JIS', [hex('8dd789ca', ascii('_1.png'))], ['\u7d30\u679c_1.png']],
    [
      'Shift JIS with a second byte that is a backslash',
      [hex('955c8ea6', ascii('.png'))],
      ['\u8868\u793a.png'],
    ],
    ['Shift JIS kana', [hex('834b8393', ascii('.png'))], ['\u30ac\u30f3.png']],
    [
      'code page 852',
      [hex(ascii('p'), 'fd', ascii('i'), '9f', 'a7', ascii('.png'))],
      ['p\u0159i\u010d\u017e.png'],
    ],
    [
      'code page 852, Polish',
      [hex(ascii('mi'), '98', ascii('nie'), '86', ascii('.png'))],
      ['mi\u015bnie\u0107.png'],
    ],
    [
      'code page 437',
      [hex(ascii('Pr'), '84', ascii('parat_G'), '94', ascii('ttingen.png'))],
      ['Pr\u00e4parat_G\u00f6ttingen.png'],
    ],
    [
      'Windows 1250',
      [hex(ascii('p'), 'f8', ascii('i'), 'e8', '9e', ascii('.png'))],
      ['p\u0159i\u010d\u017e.png'],
    ],
    ['code page 850', [hex(ascii('Pr'), '9b', ascii('ve_'), '91', ascii('.png'))], ['Pr\u00f8ve_\u00e6.png']],
    ['GBK', [hex('cfb8b0fb', ascii('.png'))], ['\u7ec6\u80de.png']],
    [
      'code page 866',
      [hex('aeafe3e5aeabec', ascii('.png'))],
      ['\u043e\u043f\u0443\u0445\u043e\u043b\u044c.png'],
    ],
    ['plain letters', [Buffer.from('images/a.png')], ['images/a.png']],
  ])('%s', async (_name, raw, names) => {
    expect(await listed(raw)).toEqual(names);
  });

  it('backslashes of old Windows tools are folders', async () => {
    expect(await listed(['images\\a.png', 'masks\\a.png'])).toEqual(['images/a.png', 'masks/a.png']);
  });

  it('steps that lead nowhere are none', async () => {
    expect(await listed(['./images/a.png', 'masks//a.png', 'b/./c.png'])).toEqual([
      'b/c.png',
      'images/a.png',
      'masks/a.png',
    ]);
  });

  it('a flag of UTF-8 on a name that is none', async () => {
    const archive = zip([{ name: hex(ascii('Pr'), '84', ascii('parat.png')), data }]);
    for (const [signature, offset] of [
      ['504b0304', 6],
      ['504b0102', 8],
    ] as const) {
      archive.writeUInt16LE(0x800, archive.indexOf(Buffer.from(signature, 'hex')) + offset);
    }
    const source = await openZip(await archiveOf(archive));
    expect((await source.list()).files.map(({ path }) => path)).toEqual(['Pr\u00e4parat.png']);
    await source.close();
  });

  it('one reading holds for all names of an archive', async () => {
    const names = await listed([
      hex(ascii('images/'), '8ddd', ascii('.png')),
      hex(ascii('masks/'), '8ddd', ascii('.png')),
      hex(ascii('images/'), '834b8393', ascii('.png')),
      hex(ascii('masks/'), '834b8393', ascii('.png')),
    ]);
    const under = (folder: string): string[] =>
      names.filter((name) => name.startsWith(`${folder}/`)).map((name) => name.slice(folder.length + 1));
    expect(under('images')).toHaveLength(2);
    expect(under('masks')).toEqual(under('images'));
  });
});
