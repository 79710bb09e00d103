import type { Page } from 'playwright-core';

/** In a page: whether nothing moves or loads any more two frames from now. */
const SETTLED = `new Promise((tell) => {
  const still = () =>
    document.getAnimations().every(({ playState, effect }) =>
      playState !== 'running' || effect.getComputedTiming().iterations === Infinity) &&
    [...document.images].every(({ complete, loading }) => complete || loading === 'lazy') &&
    document.querySelector('.bone') === null;
  requestAnimationFrame(() => requestAnimationFrame(() => tell(still())));
})`;

/** Waits until transitions have ended, pictures have come, and nothing is shown as being loaded. */
export async function settled(page: Page): Promise<void> {
  // Asked from outside: the page's own policy forbids what `waitForFunction` does with a text.
  while (!(await page.evaluate<boolean>(SETTLED)));
}
