import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { newProject } from './support/lab.ts';
import { startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

const SEEDED = fileURLToPath(new URL('../../assets/demo-library.json', import.meta.url));

afterAll(closeBrowser);

it('plots are saved anywhere as SVG and PNG, light also in the dark theme, and can be shown', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const { page } = window;
  page.setDefaultTimeout(20_000);
  await newProject(program, window);
  const library = join(program.data, 'library.json');
  copyFileSync(SEEDED, library);
  await page.keyboard.press('Alt+5');
  await page.getByText('Dark', { exact: true }).click();
  await page.keyboard.press('Alt+3');
  await program.control({ do: 'answer-dialogs', answers: [library] });
  await page
    .getByRole('button', { name: /import/i })
    .first()
    .click();
  await page.getByRole('heading', { name: /20 runs/ }).waitFor();

  const file = (format: string): string => join(program.data, `curve.${format}`);
  for (const format of ['svg', 'png']) {
    await program.control({ do: 'answer-dialogs', answers: [file(format)] });
    await page.getByRole('button', { name: format.toUpperCase() }).first().click();
    await page.getByText('The plot was saved.').waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect.poll(async () => (await program.record()).revealed).toContain(file(format));
    await page
      .getByRole('button', { name: /dismiss|close/i })
      .last()
      .click();
  }
  expect(readFileSync(file('svg'), 'utf8')).toMatch(/<rect[^>]*fill="#fff(fff)?"/);
  expect(readFileSync(file('png')).subarray(1, 4).toString()).toBe('PNG');
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
  expect(window.faults).toEqual([]);
});
