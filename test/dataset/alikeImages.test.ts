import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { examineDataset } from '../../src-main/dataset/doctor/examineDataset.ts';
import { openSource } from '../../src-main/dataset/source/openSource.ts';
import { alikeGroups } from '../../src-main/dataset/splits/alikeGroups.ts';
import { folderOf, soundPairs } from './support/folder.ts';

const mirrored = (bytes: Buffer): Promise<Buffer> => sharp(bytes).flop().png().toBuffer();
const savedAnew = (bytes: Buffer): Promise<Buffer> =>
  sharp(bytes).linear(0.8, 20).jpeg({ quality: 80 }).toBuffer();

async function examined(more: (pairs: Record<string, Buffer>) => Promise<Record<string, Buffer>>) {
  const pairs = await soundPairs(12);
  return examineDataset(await openSource(await folderOf({ ...pairs, ...(await more(pairs)) })));
}

const bytesOf = (files: Record<string, Buffer>, path: string): Buffer => {
  const bytes = files[path];
  if (!bytes) throw new Error(path);
  return bytes;
};

describe('images that are nearly the same', () => {
  it('are told in pairs, also where one is mirrored, darker or saved anew', async () => {
    const { findings, alike, samples } = await examined(async (pairs) => ({
      'images/copy1.png': await mirrored(bytesOf(pairs, 'images/good3.png')),
      'masks/copy1.png': await mirrored(bytesOf(pairs, 'masks/good3.png')),
      'images/copy2.jpg': await savedAnew(bytesOf(pairs, 'images/good5.png')),
      'masks/copy2.png': bytesOf(pairs, 'masks/good5.png'),
    }));
    const named = (alike ?? []).map(([a, b]) => [samples[a]?.name, samples[b]?.name]);
    expect(named).toEqual([
      ['copy1', 'good3'],
      ['copy2', 'good5'],
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'alike-images',
        problem: expect.stringContaining('images/copy1.png and images/good3.png') as string,
        remedy: { kind: 'keep-alike' },
      }),
    );
  });

  it('independent images are not', async () => {
    const { alike, findings } = await examined(() => Promise.resolve({}));
    expect(alike).toEqual([]);
    expect(findings.some(({ code }) => code === 'alike-images')).toBe(false);
  });

  it('are kept together with what belongs together anyhow', () => {
    const samples = [{ group: 'patient 1' }, { group: 'patient 1' }, {}, {}, { group: 'patient 2' }];
    expect(alikeGroups(samples, [[1, 2]])).toEqual(['alike 1', 'alike 1', 'alike 1', null, 'patient 2']);
  });
});

describe('masks of several kinds', () => {
  const twoKinds = async (): Promise<Record<string, Buffer>> => {
    const pairs = await soundPairs(12);
    const others = Object.entries(pairs).filter(([path]) => path.startsWith('masks/'));
    return {
      ...pairs,
      ...Object.fromEntries(others.map(([path, bytes]) => [path.replace('masks/', 'labels/'), bytes])),
    };
  };

  it('one is used, the others are named, and a person chooses', async () => {
    const source = await openSource(await folderOf(await twoKinds()));
    const first = await examineDataset(source);
    expect(first.maskSources?.map(({ name, used }) => [name, used])).toEqual([
      ['labels/', false],
      ['masks/', true],
    ]);
    const other = await examineDataset(source, { choices: { masksFrom: 'labels' } });
    expect(other.samples.every(({ masks }) => masks[0]?.startsWith('labels/'))).toBe(true);
    expect(other.findings.some(({ code }) => code === 'ambiguous-mask')).toBe(false);
    const both = await examineDataset(source, { choices: { masksFrom: 'masks, labels' } });
    expect(both.samples.every(({ masks }) => masks.length === 2)).toBe(true);
    expect(both.maskSources?.map(({ used }) => used)).toEqual([true, true]);
    expect(both.findings).toContainEqual(
      expect.objectContaining({ problem: 'Masks of 2 kinds count as one: labels/ (12), masks/ (12).' }),
    );
    await expect(examineDataset(source, { choices: { masksFrom: 'nuclei' } })).rejects.toMatchObject({
      code: 'masks-unknown',
      facts: { known: ['labels/', 'masks/'] },
    });
  });
});
