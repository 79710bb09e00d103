import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { seriousViolations } from '../renderer/axe.ts';
import { addDataset, newProject, tinyTraining } from './support/lab.ts';
import { startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

/** Elements that take the focus in a view, at most. */
const MOST_STOPS = 80;
/** Milliseconds: the program starts a process for each of many jobs, which takes long beside other work. */
const TIMEOUT = 600_000;

afterAll(closeBrowser);

/** Goes on with the Tab key until the control of that role and name has the focus. */
async function tabTo(
  page: Page,
  role: 'button' | 'combobox' | 'slider' | 'checkbox',
  name: RegExp,
): Promise<void> {
  const control = page.getByRole(role, { name });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if ((await control.count()) === 1 && (await control.and(page.locator(':focus')).count()) === 1) return;
  }
  throw new Error(`The Tab key does not come to ${role} ${String(name)}.`);
}

/** The name of the region that holds the focus. */
const focusedRegion = (page: Page): Promise<string | null> =>
  page.evaluate<string | null>(
    `document.activeElement.closest('section')?.getAttribute('aria-label') ?? null`,
  );

it(
  'a trained network is used on new images by keyboard alone, told at every step, and says why where it cannot',
  async () => {
    const program = startProgram();
    const window = await AppWindow.open(program);
    const { page } = window;
    page.setDefaultTimeout(30_000);
    await newProject(program, window);
    await page.getByRole('heading', { name: 'Datasets' }).waitFor();

    // Without a network the view says what to do first.
    await page.keyboard.press('Alt+3');
    await page.getByRole('heading', { name: 'No trained network yet' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Alt+1');
    await addDataset(program, window);
    const training = await window.call('jobs.start', tinyTraining(2));
    await window.until(training.id, ({ state }) => state === 'finished');

    await page.keyboard.press('Alt+3');
    await page.getByRole('heading', { name: 'Drop images or a folder here' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    // A folder without images: what is wrong, and what to do.
    const [empty, images, out] = ['notes', 'new', 'results'].map((name) => join(program.data, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(empty);
    mkdirSync(out);
    writeFileSync(join(empty, 'readme.txt'), 'no image');
    await tabTo(page, 'button', /^Choose a folder$/);
    await program.control({ do: 'answer-dialogs', answers: [0, empty] });
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert');
    await alert.getByText(/holds no image that can be read/).waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    // New images, without masks.
    await generateDataset(images, { tissue: 'cells', images: 4, side: 64, seed: 9 });
    await tabTo(page, 'button', /^Choose a folder$/);
    await program.control({ do: 'answer-dialogs', answers: [0, join(images, 'images')] });
    await page.keyboard.press('Enter');
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByRole('img', { name: /^cells-001\.png with outlines of what was found: / }).waitFor();
    expect(await alert.count()).toBe(0);
    await page.getByRole('status').getByText('4 of 4 images shown').waitFor({ state: 'attached' });
    expect(await seriousViolations(page)).toEqual([]);

    // Single images of a folder, without the others.
    await tabTo(page, 'button', /^Choose images$/);
    const few = [1, 3].map((number) => join(images, 'images', `cells-00${number}.png`));
    await program.control({ do: 'answer-dialogs', answers: [few] });
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('2 of 2 images shown').waitFor({ state: 'attached' });
    await tabTo(page, 'button', /^Choose a folder$/);
    await program.control({ do: 'answer-dialogs', answers: [0, join(images, 'images')] });
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('4 of 4 images shown').waitFor({ state: 'attached' });

    // The threshold acts at once, and another size has the images looked at again.
    const told = (): Promise<string | null> => preview.getByRole('img').first().getAttribute('aria-label');
    const before = await told();
    await tabTo(page, 'slider', /^Threshold/);
    await page.keyboard.press('Home');
    await expect.poll(told).not.toBe(before);
    for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('slider', { name: /^Threshold/ }).getAttribute('aria-valuetext')).toBe(
      '0.31',
    );
    await tabTo(page, 'combobox', /^Seen by the network/);
    await page.keyboard.press('End');
    const previews = () =>
      window
        .call('jobs.list', undefined)
        .then((all) =>
          all.filter(({ kind, state }) => kind === 'preview-segmentation' && state === 'finished'),
        );
    await expect.poll(async () => (await previews()).length, { timeout: 30_000 }).toBe(4);
    expect((await previews()).at(-1)?.request).toMatchObject({ scale: 'training' });
    await preview.getByRole('img').first().waitFor();
    await tabTo(page, 'checkbox', /map of probabilities/);
    await page.keyboard.press('Space');

    // All of them: the focus goes along when the button that was pressed gives way.
    await tabTo(page, 'button', /^Segment 4 images$/);
    await program.control({ do: 'answer-dialogs', answers: [out] });
    await page.keyboard.press('Enter');
    const results = page.getByRole('region', { name: 'Results' });
    await results.getByRole('heading', { name: /^4 images segmented/ }).waitFor();
    await expect.poll(() => focusedRegion(page)).not.toBeNull();
    await page.getByRole('status').getByText('4 images segmented').waitFor({ state: 'attached' });
    expect(await results.getByRole('row').count()).toBe(5);
    expect(await seriousViolations(page)).toEqual([]);
    const [folder = ''] = readdirSync(out);
    expect(folder).toMatch(/^images-segmented-run\d+-at-0\.5-training$/);
    for (const kind of ['masks', 'overlays', 'probabilities']) {
      expect(readdirSync(join(out, folder, kind))).toHaveLength(4);
    }
    await tabTo(page, 'button', /^Show table/);
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await program.record()).revealed)
      .toEqual([join(out, folder, 'measurements.csv')]);
    expect(existsSync(join(out, folder, 'measurements.csv'))).toBe(true);
    expect(window.faults).toEqual([]);
  },
  TIMEOUT,
);
