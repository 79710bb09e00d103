/**
 * The pictures of docs/screenshots, from the demo project in the real program: `npm run build`, then
 * `node scripts/docsScreenshots.ts`. Takes a few minutes, because the demo's network is really trained.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { settled } from '../test/renderer/settled.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/screenshots');
const data = await mkdtemp(join(tmpdir(), 'ccnet-docs-'));
await mkdir(folder, { recursive: true });

const program = spawn(
  process.execPath,
  ['--import', join(root, 'test/host/registerElectron.ts'), join(root, 'dist/main.js')],
  {
    // A home of its own, so that no picture shows a path of this computer.
    env: { ...process.env, CCNET_HOST_DATA: data, HOME: data },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  },
);
const url = await new Promise<string>((resolve, reject) => {
  program.on('message', (message: { type: string; url?: string }) => {
    if (message.type === 'url') resolve(message.url ?? '');
  });
  program.on('exit', () =>
    reject(new Error('The program ended before it showed a window. Build it first: npm run build')),
  );
});
const browser = await chromium.launch({
  executablePath: process.env['CCNET_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
  ],
});
// Without motion: a bar that moves at every step of a training would never stand still.
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
page.on('pageerror', (error) => console.error(error));
await page.goto(url);

/**
 * Saves the window in both themes, compressed, so that the pictures stay small.
 * @param holds whether it still shows what the pictures are of, asked after both were taken; without that none is kept
 */
async function shoot(name: string, holds = (): Promise<boolean> => Promise.resolve(true)): Promise<void> {
  const pictures = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    await settled(page);
    pictures.push({ theme, picture: await page.screenshot() });
  }
  if (!(await holds())) {
    console.log(`${name}: over too soon, the pictures stay`);
    return;
  }
  for (const { theme, picture } of pictures) {
    await sharp(picture)
      .webp({ quality: 82 })
      .toFile(join(folder, `${name}-${theme}.webp`));
  }
  console.log(name);
}
const nav = (name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name }).click();

/** What the demo says to do now, with its button. */
const guide = page.getByRole('complementary');

try {
  await page.getByRole('heading', { name: 'How small' }).waitFor();
  await shoot('start');
  await page.getByRole('button', { name: 'demo' }).click();
  await guide.getByRole('button', { name: 'Find the smallest network' }).waitFor({ timeout: 300_000 });
  await page.locator('[data-index="0"] img').first().waitFor();
  await page.getByRole('button', { name: 'Masks' }).click();
  await shoot('images');
  await guide.getByRole('button', { name: 'Find the smallest network' }).click();
  await page.getByRole('button', { name: 'Predict', exact: true }).click();
  await page.getByRole('button', { name: 'Train it' }).waitFor({ timeout: 600_000 });
  await shoot('prediction');
  await page.getByRole('button', { name: 'Train it' }).click();
  await page.getByRole('button', { name: 'Start training' }).click();
  const live = page.getByText(/after epoch ([4-9]|\d\d)/);
  const verdict = page.getByText(/prediction (held|missed)|wide interval/);
  await live.or(verdict).first().waitFor({ timeout: 600_000 });
  // On a fast machine it may be over before it was seen, or while it is.
  await shoot('training', () => live.isVisible());
  await verdict.waitFor({ timeout: 600_000 });
  await page.locator('figure img').first().waitFor({ timeout: 600_000 });
  await shoot('result');
  await page
    .getByRole('region', { name: 'Every test image' })
    .getByRole('button')
    .nth(8)
    .click({ timeout: 600_000 });
  await page.getByRole('dialog').getByText('Outlines apart').waitFor();
  await shoot('test-image');
  await page.keyboard.press('Escape');
  await guide.getByRole('button', { name: 'Use the network' }).click();
  await guide.getByRole('button', { name: 'Take new images' }).click();
  await page.getByRole('region', { name: 'Preview' }).getByRole('img').first().waitFor({ timeout: 600_000 });
  await shoot('use');
  await nav('Calibration');
  await page.getByRole('heading', { name: /runs/ }).waitFor();
  await shoot('calibration');
} finally {
  await page.screenshot({ path: join(tmpdir(), 'ccnet-docs-last.png') });
  await browser.close();
  program.kill();
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
}
