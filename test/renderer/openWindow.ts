import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../host/chromium.ts';
import type { FakeStart } from './fake/fakeBridge.ts';
import { fakeBridgeScript, serveRenderer } from './servedRenderer.ts';

export interface OpenedWindow {
  readonly browser: Browser;
  /** A page with the built window over a fake main process, at 1280 x 800 unless told; errors in it fail the caller at close. */
  open(start: FakeStart, size?: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

/** Starts Chromium on the built window (`npm run build:renderer` first). */
export async function openWindow(): Promise<OpenedWindow> {
  const [served, script] = await Promise.all([serveRenderer(), fakeBridgeScript()]);
  const browser = await launchChromium();
  const errors: string[] = [];
  return {
    browser,
    async open(start, size = { width: 1280, height: 800 }) {
      const page = await browser.newPage({ viewport: size });
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !start.failing) errors.push(message.text());
      });
      await page.addInitScript(`window.fakeStart = ${JSON.stringify(start)};\n${script}`);
      await page.goto(served.url);
      return page;
    },
    async close() {
      await browser.close();
      served.close();
      if (errors.length > 0) throw new Error(`The page reported errors:\n${errors.join('\n')}`);
    },
  };
}
