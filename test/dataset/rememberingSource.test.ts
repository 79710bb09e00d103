import { expect, it } from 'vitest';
import { openFolder } from '../../src-main/dataset/source/folderSource.ts';
import { rememberingSource } from '../../src-main/dataset/source/rememberingSource.ts';
import { folderOf } from './support/folder.ts';

it('a file that many samples share is read once, any other as often as it is asked for, and a failed reading is not kept', async () => {
  const folder = await openFolder(
    await folderOf({ 'a.nii.gz': Buffer.from('volume'), 'b.png': Buffer.from('image') }),
  );
  const reads: string[] = [];
  const source = rememberingSource({
    ...folder,
    read: (path, most) => {
      reads.push(path);
      return folder.read(path, most);
    },
  });
  const [one, other] = [await source.read('a.nii.gz'), await source.read('a.nii.gz')];
  expect(one).toBe(other);
  await source.read('b.png');
  await source.read('b.png');
  await expect(source.read('c.json')).rejects.toMatchObject({ code: 'file-unreadable' });
  await expect(source.read('c.json')).rejects.toMatchObject({ code: 'file-unreadable' });
  expect(reads).toEqual(['a.nii.gz', 'b.png', 'b.png', 'c.json', 'c.json']);
});
