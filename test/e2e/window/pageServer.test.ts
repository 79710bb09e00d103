import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { type PageServer, startPageServer } from '../../../scripts/development/pageServer.ts';
import { launchChromium } from '../../host/chromium.ts';

let server: PageServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startPageServer({ fake: true }), launchChromium()]);
});
afterAll(() => Promise.all([server.close(), browser.close()]));

describe('the page from its sources (npm run dev)', () => {
  it('comes up over a played main process, with drawn pictures, and follows its sources', async () => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const follows = page.waitForEvent('websocket');
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'Colon glands' }).click();
    await page.locator('[data-index="0"]').waitFor();
    const drawn = `[...document.images].some((image) => image.complete && image.naturalWidth > 0)`;
    await expect.poll(() => page.evaluate<boolean>(drawn), { timeout: 20_000 }).toBe(true);
    expect((await follows).url()).toContain(new URL(server.url).host);
    expect(errors).toEqual([]);
  });
});
