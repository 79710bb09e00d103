import { describe, expect, it } from 'vitest';
import { failing } from '../failing.ts';
import { openSource } from '../../src-main/dataset/source/openSource.ts';
import { examineDataset } from '../../src-main/dataset/doctor/examineDataset.ts';
import { onlyFiles } from '../../src-main/dataset/source/onlyFiles.ts';
import { folderOf, soundPairs } from './support/folder.ts';

describe('some files of a folder', () => {
  it('are paired among themselves, as if there were no others', async () => {
    const source = await openSource(await folderOf(await soundPairs(5)));
    const files = [0, 3, 4].flatMap((i) => [`images/good${i}.png`, `masks/good${i}.png`]);
    const examination = await examineDataset(onlyFiles(source, [...files, 'images/good1.png']));
    expect(examination.samples.map(({ name }) => name)).toEqual(['good0', 'good3', 'good4']);
    expect(examination.findings.map(({ code, file }) => [code, file])).toContainEqual([
      'unpaired-image',
      'images/good1.png',
    ]);
  });

  it('are all that is read', async () => {
    const source = onlyFiles(await openSource(await folderOf(await soundPairs(2))), ['images/good0.png']);
    await expect(source.read('masks/good0.png')).rejects.toThrow(failing('file-not-chosen'));
    await expect(source.read('../secret')).rejects.toThrow(failing('file-not-chosen'));
  });
});
