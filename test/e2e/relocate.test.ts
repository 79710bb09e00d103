import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { seriousViolations } from '../renderer/axe.ts';
import { addDataset, newProject } from './support/lab.ts';
import { startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

afterAll(closeBrowser);

it('a dataset whose folder was moved is located again: wrong files are named, the right ones taken, and it can be undone', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const { page } = window;
  page.setDefaultTimeout(20_000);
  await newProject(program, window, 'lab.ccnet');
  await addDataset(program, window);
  const [before] = await window.call('datasets.list', undefined);
  const moved = join(program.data, 'elsewhere');
  renameSync(before?.root ?? '', moved);
  const [file = ''] = readdirSync(join(moved, 'images'));
  renameSync(join(moved, 'images', file), join(program.data, file));

  await page.reload();
  await page.getByText('Files not found').waitFor();
  await page.getByRole('heading', { name: 'cells' }).click();
  const missing = page.getByRole('region', { name: 'Files are missing' });
  await missing.getByText(before?.root ?? '').waitFor();

  // An incomplete copy is refused, and its gap named.
  await program.control({ do: 'answer-dialogs', answers: [0, moved] });
  await missing.getByRole('button', { name: 'Locate it again' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/1 missing, 0 changed/).waitFor();
  await dialog.getByRole('region', { name: 'Findings' }).getByText(`images/${file}`).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect((await window.call('datasets.list', undefined))[0]?.root).toBe(before?.root);

  // The whole one is taken, its pictures are there again, and taking it back is possible.
  renameSync(join(program.data, file), join(moved, 'images', file));
  await program.control({ do: 'answer-dialogs', answers: [0, moved] });
  await dialog.getByRole('button', { name: 'Choose another' }).click();
  await page.getByText(/images compared, all the same/).waitFor();
  expect((await window.call('datasets.list', undefined))[0]).toMatchObject({ root: moved, missing: false });
  await expect
    .poll(() =>
      page
        .locator('[data-index="0"] img')
        .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    )
    .toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await missing.waitFor();
  expect((await window.call('datasets.list', undefined))[0]?.root).toBe(before?.root);
  expect(window.faults).toEqual([]);
});

it('project and images that were moved together open as if nothing had happened', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const path = await newProject(program, window, 'lab.ccnet');
  await addDataset(program, window);
  await window.call('projects.close', undefined);
  const moved = join(program.data, 'stick');
  mkdirSync(moved);
  renameSync(path, join(moved, 'lab.ccnet'));
  renameSync(join(program.data, 'cells-images'), join(moved, 'cells-images'));
  await program.control({ do: 'answer-dialogs', answers: [join(moved, 'lab.ccnet')] });
  await window.call('projects.open', undefined);
  expect(await window.call('datasets.list', undefined)).toMatchObject([
    { root: join(moved, 'cells-images'), missing: false },
  ]);
});
