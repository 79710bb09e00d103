import type { Page } from 'playwright-core';
import { LARGE } from './largeProject.ts';

/** Something that a user does; `before` brings the window to where it is done, untimed. */
export interface Interaction {
  readonly name: string;
  readonly before: (page: Page) => Promise<unknown>;
  /** `turn` counts the repetitions. */
  readonly act: (page: Page, turn: number) => Promise<unknown>;
  /** Type of the event that is timed. */
  readonly event: string;
  /** Expression that is true in the page once what was asked for is shown. */
  readonly there?: string;
}

const shown = (selector: string): string => `document.querySelector(${JSON.stringify(selector)}) !== null`;
const GRID = shown('[data-index="0"]');
const IMAGE = `document.querySelector('dialog .paper img')?.naturalWidth > 0`;

const start = (page: Page): Promise<void> => page.keyboard.press('Alt+1');

async function grid(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await start(page);
  await page.getByRole('heading', { name: LARGE }).click();
  await page.locator('[data-index="0"] img').first().waitFor();
}

async function toStep(page: Page, step: string): Promise<void> {
  await page.keyboard.press('Alt+2');
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();
}

async function leaveCompressAt(page: Page, step: string): Promise<void> {
  await toStep(page, step);
  await start(page);
}

async function prediction(page: Page): Promise<void> {
  await toStep(page, 'Prediction');
  await page.getByRole('slider', { name: 'Accuracy to reach' }).waitFor();
}

/** Moves the mouse over the plot in steps; each is one input. */
async function overPlot(page: Page, turn: number, held: boolean): Promise<void> {
  const box = await page.getByRole('application').first().boundingBox();
  if (!box) return;
  const x = box.x + 80 + ((turn * 37) % (box.width - 180));
  const y = box.y + 60 + ((turn * 29) % 120);
  if (!held) return page.mouse.move(x, y);
  const knob = await page.locator('.knob').boundingBox();
  if (!knob) return;
  await page.mouse.move(knob.x + 30, knob.y + 11);
  await page.mouse.down();
}

export const INTERACTIONS: readonly Interaction[] = [
  {
    name: 'switch to Calibration (200 runs)',
    before: start,
    act: (page) => page.keyboard.press('Alt+3'),
    event: 'keydown',
    there: shown('path.run'),
  },
  {
    name: 'switch to Compress, at its question',
    before: (page) => leaveCompressAt(page, 'Question'),
    act: (page) => page.keyboard.press('Alt+2'),
    event: 'keydown',
    there: shown('nav[aria-label="Steps"]'),
  },
  {
    name: 'switch to Compress, at its prediction',
    before: (page) => leaveCompressAt(page, 'Prediction'),
    act: (page) => page.keyboard.press('Alt+2'),
    event: 'keydown',
    there: shown('.knob'),
  },
  {
    name: 'open a dataset of 5,000 images',
    before: start,
    act: (page) => page.getByRole('heading', { name: LARGE }).click(),
    event: 'click',
    there: GRID,
  },
  {
    name: 'sort 5,000 images by a measure',
    before: grid,
    act: (page, turn) =>
      page.getByLabel('Sort by').selectOption({ index: 2 + (turn % 8) }, { noWaitAfter: true }),
    event: 'change',
  },
  {
    name: 'filter 5,000 images, by a letter typed',
    before: async (page) => {
      await grid(page);
      await page.getByLabel('Find by name').focus();
    },
    act: (page, turn) => page.keyboard.press(String(turn % 10)),
    event: 'keydown',
  },
  {
    name: 'show the masks in the grid',
    before: async (page) => {
      await grid(page);
      const button = page.getByRole('button', { name: 'Masks' });
      if ((await button.getAttribute('aria-pressed')) === 'true') await button.click();
    },
    act: (page) => page.getByRole('button', { name: 'Masks' }).click(),
    event: 'click',
  },
  {
    name: 'open an image',
    before: async (page) => {
      await grid(page);
      await page.locator('[data-index="0"]').focus();
    },
    act: (page) => page.keyboard.press('Enter'),
    event: 'keydown',
    there: IMAGE,
  },
  {
    name: 'next image in the viewer',
    before: async (page) => {
      if (await page.locator('dialog[open]').count()) return;
      await grid(page);
      await page.locator('[data-index="0"]').focus();
      await page.keyboard.press('Enter');
      await page.locator('dialog .paper img').waitFor();
    },
    act: (page) => page.keyboard.press('ArrowRight'),
    event: 'keydown',
  },
  {
    name: 'point at a plot',
    before: async (page) => {
      await page.keyboard.press('Escape');
      await prediction(page);
    },
    act: (page, turn) => overPlot(page, turn, false),
    event: 'pointermove',
  },
  {
    name: 'drag the goal',
    before: async (page) => {
      await prediction(page);
      await overPlot(page, 0, true);
    },
    act: async (page, turn) => {
      const box = await page.locator('.knob').boundingBox();
      if (box) await page.mouse.move(box.x + 30, box.y + 11 + (turn % 2 === 0 ? 9 : -9));
    },
    event: 'pointermove',
  },
  {
    name: 'type into a field of the goal',
    before: async (page) => {
      await page.mouse.up();
      await prediction(page);
      await page.getByRole('spinbutton').first().focus();
    },
    act: (page, turn) => page.keyboard.press(turn % 2 === 0 ? '9' : 'Backspace'),
    event: 'keydown',
  },
  {
    name: 'open the jobs panel',
    before: async (page) => {
      await start(page);
      if (await page.locator('aside[aria-label="Jobs"]').count()) await page.keyboard.press('Alt+J');
    },
    act: (page) => page.keyboard.press('Alt+J'),
    event: 'keydown',
    there: shown('aside[aria-label="Jobs"]'),
  },
];
