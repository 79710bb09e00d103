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
  await page.keyboard.press('Alt+6');
  await page.getByText('Dark', { exact: true }).click();
  await page.keyboard.press('Alt+4');
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
    await page.getByText('The plot was saved.').waitFor({ state: 'detached' });
  }
  const svg = readFileSync(file('svg'), 'utf8');
  expect(svg).toMatch(/<rect[^>]*fill="#fff(fff)?"/);
  // Its title and its legend go with it.
  expect(svg).toContain('>Measured accuracy by size</text>');
  expect(svg).toContain('>runs; lines join the sizes of one dataset</text>');

  const table = join(program.data, 'runs.csv');
  await program.control({ do: 'answer-dialogs', answers: [table] });
  await page.getByRole('button', { name: 'Save Calibration runs as CSV' }).click();
  await page.getByText('The table was saved.').waitFor();
  const lines = readFileSync(table, 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(21);
  expect(lines[0]).toMatch(/^dataset,fingerprint,network,width,/);
  expect(lines[1], 'numbers are not rounded').toMatch(/,0\.\d{6,},/);

  expect(readFileSync(file('png')).subarray(1, 4).toString()).toBe('PNG');
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
  expect(window.faults).toEqual([]);
});
