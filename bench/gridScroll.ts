/**
 * Frames per second while the grid of 5,000 images is scrolled from end to end, and first paint: the built window in Chromium over a
 * fake main process (`npm run build:renderer` first). Prints figures; headless Chromium draws on the processor, so a machine with a
 * graphics card does better.
 */
import type { Page } from 'playwright-core';
import { openWindow } from '../test/renderer/openWindow.ts';

interface Frames {
  readonly frames: number;
  readonly seconds: number;
  /** Milliseconds between frames at the 95th percentile, and the longest. */
  readonly slow: number;
  readonly longest: number;
}

/** Scrolls by `speed` pixels a frame for `seconds` and counts frames; a string because it runs in the page. */
function scroll(page: Page, speed: number, seconds: number): Promise<Frames> {
  return page.evaluate<Frames>(`new Promise((resolve) => {
    const scroller = document.querySelector('.scroller');
    const times = [];
    const step = (now) => {
      times.push(now);
      scroller.scrollTop += ${speed};
      if (now - times[0] < ${seconds * 1000}) return requestAnimationFrame(step);
      const gaps = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
      resolve({
        frames: gaps.length,
        seconds: (now - times[0]) / 1000,
        slow: gaps[Math.floor(gaps.length * 0.95)],
        longest: gaps.at(-1),
      });
    };
    requestAnimationFrame(step);
  })`);
}

const opened = await openWindow();
const processes = await opened.browser.newBrowserCDPSession();

/** Milliseconds of processor time that Chromium's processes have used: less noisy than frames on a computer with other work. */
async function processorTime(): Promise<Record<string, number>> {
  const { processInfo } = await processes.send('SystemInfo.getProcessInfo');
  const times: Record<string, number> = {};
  for (const { type, cpuTime } of processInfo) times[type] = (times[type] ?? 0) + cpuTime * 1000;
  return times;
}

const first = await opened.open({});
await first.getByRole('heading', { name: 'Colon glands' }).waitFor();
await first.close();
for (const masks of [false, true]) {
  const page = await opened.open({});
  await page.getByRole('heading', { name: 'Colon glands' }).waitFor();
  if (!masks) {
    const paint = await page.evaluate<number>(
      `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
    );
    console.log(`first contentful paint: ${paint.toFixed(0)} ms after navigation`);
  }
  await page.getByRole('heading', { name: 'Colon glands' }).click();
  await page.locator('[data-index="0"]').waitFor();
  if (masks) await page.getByRole('button', { name: 'Masks' }).click();
  await page.waitForTimeout(500);
  // Once through quickly, so that all drawn pictures are in the cache, as thumbnails of a project looked at before are.
  await scroll(page, 800, 2);
  for (const [words, speed] of [
    ['reading pace', 12],
    ['a flick of the wheel', 120],
    ['dragging the scrollbar', 2000],
  ] as const) {
    await page.evaluate(`document.querySelector('.scroller').scrollTop = 0`);
    await page.waitForTimeout(300);
    const before = await processorTime();
    const { frames, seconds, slow, longest } = await scroll(page, speed, 4);
    const after = await processorTime();
    const used = (type: string): string => (((after[type] ?? 0) - (before[type] ?? 0)) / frames).toFixed(1);
    console.log(
      `${masks ? 'with masks, ' : ''}${words} (${speed} px a frame): ${(frames / seconds).toFixed(1)} frames/s, 95 % within ${slow.toFixed(1)} ms, longest ${longest.toFixed(1)} ms; processor ms a frame: page ${used('renderer')}, drawing ${used('GPU')}`,
    );
  }
  await page.close();
}
await opened.close();
