import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seriousViolations } from '../../renderer/axe.ts';
import { openWindow, type OpenedWindow } from '../../renderer/openWindow.ts';
import { settled } from '../../renderer/settled.ts';
import { VIEWS } from '../../renderer/views.ts';

/** Elements that reach beyond the right edge of the window, where no scrolling part holds them. */
function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('main, main *, dialog')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('svg, .scroll, .paper'))
      .map((element) => element.outerHTML.slice(0, 120))`,
  );
}

let opened: OpenedWindow;
beforeAll(async () => {
  opened = await openWindow();
});
afterAll(() => opened.close());

const LOOKS = [
  ['light', { width: 1024, height: 700 }],
  ['dark', { width: 1280, height: 800 }],
] as const;

it.each(VIEWS)(
  'axe-core finds no serious violation and nothing sticks out to the side in $name, in both themes',
  async ({ start, go }) => {
    const page = await opened.open({ ...start, theme: 'system' }, LOOKS[0][1]);
    await go(page);
    for (const [colorScheme, size] of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await settled(page);
      expect(await seriousViolations(page), colorScheme).toEqual([]);
      expect(await stickingOut(page), colorScheme).toEqual([]);
    }
    await page.close();
  },
);
