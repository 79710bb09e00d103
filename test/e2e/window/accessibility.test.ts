import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from '../../renderer/axe.ts';
import { openWindow, type OpenedWindow } from '../../renderer/openWindow.ts';
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

describe.each([
  ['light', { width: 1024, height: 700 }],
  ['dark', { width: 1280, height: 800 }],
] as const)('in the %s theme', (theme, size) => {
  it.each(VIEWS)(
    'axe-core finds no serious violation and nothing sticks out to the side in $name',
    async ({ start, go }) => {
      const page = await opened.open({ ...start, theme }, size);
      await go(page);
      expect(await seriousViolations(page)).toEqual([]);
      expect(await stickingOut(page)).toEqual([]);
      await page.close();
    },
  );
});
