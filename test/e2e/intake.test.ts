import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { seriousViolations } from '../renderer/axe.ts';
import { dropFiles } from './support/dropped.ts';
import { newProject } from './support/lab.ts';
import { startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

afterAll(closeBrowser);

it('takes exactly the files that were dropped, shows them for pairing, and the whole folder only when asked to', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const { page } = window;
  page.setDefaultTimeout(20_000);
  await newProject(program, window);
  await page.getByRole('heading', { name: 'Datasets' }).waitFor();
  const folder = join(program.data, 'cells');
  await generateDataset(folder, { tissue: 'cells', images: 12, side: 64, seed: 3 });
  const some = Array.from({ length: 6 }, (_, i) => `cells-00${i + 1}.png`);
  await dropFiles(
    window,
    some.flatMap((name) => ['images', 'masks'].map((part) => join(folder, part, name))),
  );
  await page.getByText('6 usable pairs').waitFor();
  await page.getByText('Only the 12 dropped files are taken').waitFor();

  await page.getByRole('button', { name: 'Correct the pairing' }).click();
  const list = page.getByRole('list', { name: 'Images and their masks' });
  await list.getByRole('img', { name: `Mask masks/${some[0] ?? ''}` }).waitFor();
  expect(await list.getByRole('listitem').count()).toBe(6);
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back' }).click();

  // A file that was not dropped is none of the page's business.
  const other = await window.reply('files.preview', { root: folder, file: '../settings.json', as: 'image' });
  expect(other).toMatchObject({ ok: false, error: { code: 'path-not-chosen' } });

  const etc = await window.reply('dialogs.wholeFolder', { folder: '/etc', file: '/etc/passwd' });
  expect(etc).toMatchObject({ ok: false, error: { code: 'path-not-chosen' } });

  await program.control({ do: 'answer-dialogs', answers: [1] });
  await page.getByRole('button', { name: 'Take the whole folder' }).click();
  await page.getByText('6 usable pairs').waitFor();
  await page.getByRole('button', { name: 'Add to project' }).click();
  await expect
    .poll(async () => (await window.call('datasets.list', undefined))[0]?.images, { timeout: 20_000 })
    .toEqual({ train: 4, validation: 1, test: 1 });

  await dropFiles(window, [join(folder, 'images', some[0] ?? '')]);
  await page.getByText('Only the 1 dropped file is taken').waitFor();
  await program.control({ do: 'answer-dialogs', answers: [0] });
  await page.getByRole('button', { name: 'Take the whole folder' }).click();
  await page.getByText('12 usable pairs').waitFor();
  expect(window.faults).toEqual([]);
});
