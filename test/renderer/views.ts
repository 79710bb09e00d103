import type { Page } from 'playwright-core';
import type { FakeStart } from './fake/fakeBridge.ts';
import { settled } from './settled.ts';

/** A state of the window that can be looked at: how to get there from its start. */
export interface ViewCase {
  readonly name: string;
  readonly start: FakeStart;
  readonly go: (page: Page) => Promise<void>;
}

const nav = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name }).click();
const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('heading', { name }).first().waitFor();

async function dataset(page: Page, tab?: string): Promise<void> {
  await page.getByRole('heading', { name: 'Colon glands' }).click();
  if (tab) await page.getByRole('tab', { name: tab }).click();
  await settled(page);
}

async function compress(page: Page, step?: string): Promise<void> {
  await nav(page, 'Compress');
  if (step) await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();
  await settled(page);
}

async function clusterDialog(page: Page): Promise<void> {
  await nav(page, 'Calibration');
  await page.getByRole('button', { name: 'Add a sweep' }).click();
  await page.getByRole('checkbox', { name: 'Colon glands' }).check();
  await page.getByRole('checkbox', { name: 'Run on a cluster' }).check();
  await page.getByRole('checkbox', { name: 'Copy the images along' }).scrollIntoViewIfNeeded();
}

async function clusterSweep(page: Page): Promise<void> {
  await clusterDialog(page);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText(/running, \d+ done$/).waitFor();
}

async function useImages(page: Page): Promise<void> {
  await nav(page, 'Use');
  await page.getByRole('button', { name: 'Choose a folder', exact: true }).click();
}

/** Every view, with and without content, and what lies over views. */
export const VIEWS: readonly ViewCase[] = [
  { name: 'start', start: { project: false }, go: (page) => heading(page, 'How small') },
  { name: 'start-empty', start: { project: false, empty: true }, go: (page) => heading(page, 'How small') },
  { name: 'datasets', start: {}, go: (page) => heading(page, 'Colon glands') },
  { name: 'datasets-empty', start: { empty: true }, go: (page) => heading(page, 'No dataset yet') },
  {
    name: 'datasets-failed',
    start: { failing: ['datasets.list'] },
    go: async (page) => page.getByRole('alert').first().waitFor(),
  },
  {
    name: 'use',
    start: {},
    async go(page) {
      await nav(page, 'Use');
      await heading(page, 'Drop images');
    },
  },
  {
    name: 'use-empty',
    start: { empty: true },
    async go(page) {
      await nav(page, 'Use');
      await heading(page, 'No trained network yet');
    },
  },
  {
    name: 'use-preview',
    start: {},
    async go(page) {
      await useImages(page);
      await page.getByRole('img', { name: /^new\/field-1/ }).waitFor();
      await settled(page);
    },
  },
  {
    name: 'use-running',
    start: { stepMs: 250 },
    async go(page) {
      await useImages(page);
      await page.getByRole('button', { name: 'Segment 48 images' }).click();
      await page.getByRole('region', { name: 'Progress' }).waitFor();
    },
  },
  {
    name: 'use-results',
    start: {},
    async go(page) {
      await useImages(page);
      await page.getByRole('button', { name: 'Segment 48 images' }).click();
      await page.getByRole('region', { name: 'Table of images' }).waitFor();
      await settled(page);
    },
  },
  {
    name: 'use-failed',
    start: {
      failingJobs: {
        'preview-segmentation': { code: 'nothing-to-segment', facts: { path: '/data/lab/new' } },
      },
    },
    async go(page) {
      await useImages(page);
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'grid', start: {}, go: (page) => dataset(page) },
  {
    name: 'grid-masks',
    start: {},
    async go(page) {
      await dataset(page);
      await page.getByRole('button', { name: 'Masks' }).click();
      await page.getByLabel('Sort by').selectOption('boundaryDensity');
      await settled(page);
    },
  },
  {
    name: 'viewer',
    start: {},
    async go(page) {
      await dataset(page);
      await page.locator('[data-index="2"]').click();
      await page.keyboard.press('o');
      await settled(page);
    },
  },
  {
    name: 'missing-files',
    start: { missing: true },
    go: (page) => dataset(page),
  },
  { name: 'measures', start: {}, go: (page) => dataset(page, 'Measures') },
  { name: 'findings', start: {}, go: (page) => dataset(page, 'Findings') },
  {
    name: 'compare',
    start: {},
    async go(page) {
      await page.getByRole('button', { name: 'Compare two' }).click();
      await settled(page);
    },
  },
  {
    name: 'intake',
    start: {},
    async go(page) {
      await page.getByRole('button', { name: 'Add a dataset' }).click();
      await page.getByText('usable pairs').waitFor();
    },
  },
  {
    name: 'pairing',
    start: {},
    async go(page) {
      await page.getByRole('button', { name: 'Add a dataset' }).click();
      await page.getByRole('button', { name: 'Correct the pairing' }).click();
      await page.getByRole('dialog', { name: 'Pair images with masks' }).locator('img').first().waitFor();
    },
  },
  { name: 'question', start: {}, go: (page) => compress(page) },
  {
    name: 'question-not-calibrated',
    start: {},
    async go(page) {
      await compress(page);
      await page.getByLabel('Base network').selectOption('fcn8s');
    },
  },
  { name: 'prediction', start: { predicted: true }, go: (page) => compress(page, 'Prediction') },
  {
    name: 'prediction-dice',
    start: { predicted: true },
    async go(page) {
      await compress(page, 'Prediction');
      await page.getByRole('radiogroup', { name: 'Show accuracy as' }).getByText('Dice').click();
    },
  },
  { name: 'probes', start: { predicted: true }, go: (page) => compress(page, 'Probes') },
  { name: 'training', start: { predicted: true }, go: (page) => compress(page, 'Training') },
  {
    name: 'training-live',
    start: { predicted: true, restAt: 50 },
    async go(page) {
      await compress(page, 'Training');
      await page.getByRole('button', { name: 'Start training' }).click();
      await page.getByText('after epoch 2').waitFor();
      await settled(page);
    },
  },
  {
    name: 'result',
    start: { predicted: true, outcome: true },
    async go(page) {
      await compress(page, 'Result');
      await page.getByText('section-001').first().waitFor();
      await settled(page);
    },
  },
  {
    name: 'result-viewer',
    start: { predicted: true, outcome: true },
    async go(page) {
      await compress(page, 'Result');
      await page.getByRole('region', { name: 'Every test image' }).getByRole('button').nth(8).click();
      await page.getByRole('dialog').getByText('Outlines apart').waitFor();
      await settled(page);
    },
  },
  {
    name: 'result-difference',
    start: { predicted: true, outcome: true },
    async go(page) {
      await compress(page, 'Result');
      await page.getByRole('region', { name: 'Every test image' }).getByRole('button').nth(9).click();
      await page.getByRole('dialog').getByText('Outlines apart').waitFor();
      await page.keyboard.press('x');
      await settled(page);
    },
  },
  {
    name: 'result-too-vague',
    start: { predicted: true, outcome: 'too-vague' },
    async go(page) {
      await compress(page, 'Result');
      await heading(page, 'Inside a very wide interval');
    },
  },
  {
    name: 'library',
    start: {},
    go: async (page) => {
      await nav(page, 'Calibration');
      await heading(page, /runs/);
    },
  },
  { name: 'library-empty', start: { empty: true }, go: (page) => nav(page, 'Calibration') },
  {
    name: 'sweep',
    start: {},
    async go(page) {
      await nav(page, 'Calibration');
      await page.getByRole('button', { name: 'Add a sweep' }).click();
    },
  },
  {
    name: 'sweep-cluster',
    start: { cluster: true },
    go: clusterDialog,
  },
  {
    name: 'cluster-running',
    start: { cluster: true, stepMs: 60_000 },
    go: clusterSweep,
  },
  {
    name: 'cluster-cancel',
    start: { cluster: true, stepMs: 60_000 },
    async go(page) {
      await clusterSweep(page);
      await page.getByRole('button', { name: 'Cancel Calibrate' }).click();
      await heading(page, 'Cancel on the cluster?');
    },
  },
  {
    name: 'jobs',
    start: { predicted: true, restAt: 50 },
    async go(page) {
      await nav(page, 'Devices');
      await compress(page, 'Training');
      await page.getByRole('button', { name: 'Start training' }).click();
      await page.keyboard.press('Alt+j');
      await page.getByRole('progressbar').first().waitFor();
      await settled(page);
    },
  },
  {
    name: 'devices',
    start: {},
    async go(page) {
      await nav(page, 'Devices');
      await page.getByText('Can be used').first().waitFor();
    },
  },
  { name: 'settings', start: {}, go: (page) => nav(page, 'Settings') },
  {
    name: 'help',
    start: {},
    async go(page) {
      await heading(page, 'Colon glands');
      await page.keyboard.press('?');
    },
  },
  {
    name: 'licences',
    start: {},
    async go(page) {
      await heading(page, 'Colon glands');
      await page.keyboard.press('?');
      await page.getByRole('button', { name: /licences/i }).click();
      await page.getByText('4 of 4').waitFor();
    },
  },
];
