import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { seriousViolations } from '../renderer/axe.ts';
import { dropFolder, folderToDrop } from './support/dropped.ts';
import { startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

const SEEDED = fileURLToPath(new URL('../../assets/demo-library.json', import.meta.url));

/** Jobs start a process of their own. */
const SOON = { timeout: 300_000 };
/** Milliseconds: two programs start, and each of many jobs starts a process, which takes long beside other work. */
const TIMEOUT = 900_000;

afterAll(closeBrowser);

it(
  'from dropped images to a verified network: doctor, complexity, prediction, choice, training, export, and again after reopening',
  async () => {
    const program = startProgram();
    const window = await AppWindow.open(program);
    const { page } = window;
    page.setDefaultTimeout(30_000);
    const main = page.getByRole('navigation', { name: 'Main' });
    const go = (name: string): Promise<void> => main.getByRole('button', { name }).click();
    const allJobs = (): Promise<string[]> =>
      window.call('jobs.list', undefined).then((jobs) => jobs.map(({ kind, state }) => `${kind}: ${state}`));

    // A new project without the starter library, and with another.
    const path = join(program.data, 'lab.ccnet');
    const library = join(program.data, 'library.json');
    copyFileSync(SEEDED, library);
    await program.control({ do: 'answer-dialogs', answers: [path] });
    await page.getByLabel(/hold the starter library/).uncheck();
    await page.getByRole('button', { name: /new project/i }).click();
    await main.getByText('lab', { exact: true }).waitFor();
    await program.control({ do: 'answer-dialogs', answers: [library] });
    await go('Calibration');
    await page
      .getByRole('button', { name: /import/i })
      .first()
      .click();
    await expect
      .poll(() => window.call('library.runs', undefined).then((runs) => runs.length), SOON)
      .toBe(20);

    // Drop, look at what the doctor found, add; complexity is then measured.
    const folder = await folderToDrop(program.data);
    await dropFolder(window, folder);
    await page.getByText(/usable pairs?/).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('dropped');
    await page.getByRole('button', { name: 'Add to project' }).click();
    await page.getByRole('heading', { name: 'dropped' }).waitFor();
    await expect.poll(allJobs, SOON).toContain('measure-complexity: finished');
    await expect
      .poll(() =>
        page
          .locator('img')
          .first()
          .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
      )
      .toBeGreaterThan(0);

    // Predict, choose, train.
    await go('Compress');
    await page.getByLabel(/^Full width/).selectOption('16');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('button', { name: 'Train it' }).click({ timeout: 60_000 });
    await page.getByLabel('Epochs').fill('1');
    await page.getByLabel('Epochs').blur();
    await page.getByRole('button', { name: 'Start training' }).click();
    await expect.poll(allJobs, SOON).toContain('compress: finished');

    // Verified files, which can be shown; predicted beside measured.
    await page
      .getByText(/verified, at most .* apart/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).first().click();
    await expect.poll(async () => (await program.record()).revealed, SOON).toHaveLength(1);

    // A package for others: asked once who made it, and what is missing is said until nothing is.
    const packages = join(program.data, 'packages');
    mkdirSync(packages);
    await page.getByRole('button', { name: /^BioImage\.IO package/ }).click();
    const asked = page.getByRole('dialog', { name: 'Package for the BioImage Model Zoo' });
    await asked.getByText('Name at least one author.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    const choose = asked.getByRole('button', { name: /^Choose a folder/ });
    await asked.getByLabel(/^Authors/).fill('Ada (Institute)\nCharles');
    await asked.getByText('Say in one line what is to be cited, with its DOI or address.').waitFor();
    await asked.getByLabel(/^To be cited/).fill('The paper, 2026, doi:10.1234/abc');
    await asked.getByLabel('Licence').fill('as you like');
    await asked.getByText(/^A licence is named by its short form/).waitFor();
    expect(await choose.isDisabled()).toBe(true);
    await asked.getByLabel('Licence').fill('CC-BY-4.0');
    await program.control({ do: 'answer-dialogs', answers: [packages] });
    await choose.click();
    await page.getByText('The package was written and verified.').waitFor({ timeout: 60_000 });
    expect(readdirSync(packages).filter((name) => name.endsWith('.zip'))).toHaveLength(1);
    await page.getByRole('button', { name: /^BioImage\.IO package/ }).click();
    expect(await asked.getByLabel(/^Authors/).inputValue()).toBe('Ada (Institute)\nCharles');
    await page.keyboard.press('Escape');
    const [dataset] = await window.call('datasets.list', undefined);
    const outcomes = await window.call('outcomes.list', dataset?.id ?? 0);
    expect(outcomes).toHaveLength(1);
    expect(outcomes[0]?.after.parameters).toBeLessThanOrEqual(outcomes[0]?.before.parameters ?? 0);

    // Example predictions are still being drawn.
    await expect.poll(allJobs, SOON).toContain('examples: finished');
    // Every test image is looked at by itself.
    await expect.poll(allJobs, SOON).toContain('test-images: finished');
    expect(window.faults).toEqual([]);
    expect(program.errors).toBe('');

    // End the program, start it again, open from the list of recent projects: everything is there.
    await program.control({ do: 'close-window' });
    await program.exit;
    const again = await AppWindow.open(startProgram({ data: program.data }));
    await again.page.getByRole('button', { name: /lab/ }).first().click();
    await again.page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('button', { name: 'Compress' })
      .click();
    await again.page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: 'Result' })
      .click();
    // The files are where they were, and are shown.
    const files = again.page.locator('section', { has: again.page.getByRole('heading', { name: 'Files' }) });
    await files.getByText('Report, one self-contained page').waitFor();
    await files.getByRole('button', { name: 'Show', exact: true }).first().waitFor();
    expect(await again.call('outcomes.list', dataset?.id ?? 0)).toEqual(outcomes);
    expect(again.faults).toEqual([]);
  },
  TIMEOUT,
);
