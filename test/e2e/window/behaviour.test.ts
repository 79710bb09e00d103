import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeStart } from '../../renderer/fake/fakeBridge.ts';
import { openWindow, type OpenedWindow } from '../../renderer/openWindow.ts';
import { settled } from '../../renderer/settled.ts';

let opened: OpenedWindow;
beforeAll(async () => {
  opened = await openWindow();
});
afterAll(() => opened.close());

async function grid(start: FakeStart = {}): Promise<Page> {
  const page = await opened.open(start);
  await page.getByRole('heading', { name: 'Colon glands' }).click();
  await page.locator('[data-index="0"]').waitFor();
  return page;
}
async function inProject(start: FakeStart): Promise<Page> {
  const page = await opened.open(start);
  await page.getByRole('heading', { name: 'Datasets' }).waitFor();
  return page;
}
const focused = (page: Page): Promise<string | null> =>
  page.evaluate<string | null>('document.activeElement.getAttribute("data-index")');

describe('the image grid', () => {
  it('keeps a bounded number of tiles in the page while 5,000 images are scrolled through', async () => {
    const page = await grid();
    for (const share of [0.1, 0.5, 0.99]) {
      await page.evaluate(
        `(() => { const s = document.querySelector('.scroller'); s.scrollTop = s.scrollHeight * ${share}; })()`,
      );
      // The part that is in view now has its tiles.
      const filled = `(() => {
        const { top, bottom } = document.querySelector('.scroller').getBoundingClientRect();
        const inView = [...document.querySelectorAll('[data-index]')].filter((tile) => {
          const box = tile.getBoundingClientRect();
          return box.bottom > top && box.top < bottom;
        });
        return inView.some(({ dataset }) => Number(dataset.index) >= ${share} * 4900);
      })()`;
      await expect.poll(() => page.evaluate<boolean>(filled), { timeout: 10_000 }).toBe(true);
      expect(await page.locator('[data-index]').count()).toBeLessThan(80);
    }
    await page.close();
  });

  it('is walked through by keyboard, and opens and closes an image where the focus was', async () => {
    const page = await grid();
    await page.locator('[data-index="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const at = await focused(page);
    expect(Number(at)).toBeGreaterThan(3);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe(at);
    await page.keyboard.press('End');
    await page.locator('[data-index="4999"]').waitFor();
    expect(await focused(page)).toBe('4999');
    await page.close();
  });

  it('shows exactly the outliers that are counted, and says so of each', async () => {
    const page = await grid();
    await page.getByRole('tab', { name: 'Measures' }).click();
    const link = page.getByRole('button', { name: /^Show the \d+ outliers$/ }).first();
    const count = Number(/\d+/.exec((await link.textContent()) ?? '')?.[0]);
    expect(count).toBeGreaterThan(1);
    await link.click();
    await page.getByText(`${count} of 5,000 images`).waitFor();
    expect(await page.getByRole('option', { name: / outlier / }).count()).toBeGreaterThan(1);
    const tiles = await page.locator('[data-index]').count();
    expect(await page.getByRole('option', { name: / outlier / }).count()).toBe(tiles);
    await page.close();
  });

  it('shows only the images of a bar of a histogram', async () => {
    const page = await grid();
    await page.getByRole('tab', { name: 'Measures' }).click();
    await page.getByRole('application').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText(/ of 5,000 images/).waitFor();
    await page.close();
  });
});

describe('the place of who uses the keyboard', () => {
  const at = (page: Page): Promise<string> =>
    page.evaluate<string>('document.activeElement.innerText.replace(/\\s+/g, " ").trim()');

  it('is the heading of the view, or the step, that a control led to and went with', async () => {
    const page = await opened.open({ project: false });
    await expect.poll(() => at(page)).toBe('How small may your network be?');
    await page.getByRole('button', { name: 'New project' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => at(page)).toBe('Datasets');
    await page.getByRole('button', { name: 'Find the smallest network' }).first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => at(page)).toBe('Compress');
    const top = (): Promise<number> => page.evaluate<number>('document.querySelector("main").scrollTop');
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, 300);
    await expect.poll(top).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Predict', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => at(page), { timeout: 30_000 }).toBe('2 Prediction');
    // Another step begins at its top, however far the one before was scrolled.
    await expect.poll(top).toBe(0);
    await page.getByRole('button', { name: 'Train it' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => at(page)).toBe('4 Training');
    await page.getByRole('button', { name: 'Start training' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => at(page)).toMatch(/^Compress /);
    await page.close();
  });

  it('is not taken from the control that leads somewhere and stays', async () => {
    const page = await inProject({});
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Devices' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Devices' }).waitFor();
    await settled(page);
    expect(await at(page)).toBe('Devices');
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('BUTTON');
    await page.close();
  });

  it('goes back to the button whose form has closed', async () => {
    const page = await grid();
    const name = page.getByRole('textbox', { name: 'New name' });
    const back = (): Promise<string> => page.evaluate<string>('document.activeElement.textContent.trim()');
    for (const key of ['Escape', 'Enter']) {
      await page.getByRole('button', { name: 'Rename' }).focus();
      await page.keyboard.press('Enter');
      await name.fill(`${key}, called otherwise`);
      await name.press(key);
      await name.waitFor({ state: 'detached' });
      await expect.poll(back).toBe('Rename');
    }
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Enter, called otherwise');
    await page.close();
  });
});

describe('removing a dataset', () => {
  it('can be undone', async () => {
    const page = await inProject({});
    await page.getByRole('button', { name: 'Remove Colon glands' }).click();
    await page.getByRole('heading', { name: 'Colon glands' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Colon glands' }).waitFor();
    await page.close();
  });
});

describe('pairing by hand', () => {
  it('shows image and mask side by side, finds them, and takes changes back', async () => {
    const page = await inProject({});
    await page.getByRole('button', { name: 'Add a dataset' }).click();
    await page.getByRole('button', { name: 'Correct the pairing' }).click();
    const list = page.getByRole('list', { name: 'Images and their masks' });
    await list.getByRole('img', { name: 'Image images/field-1.tif' }).waitFor();
    await list.getByRole('img', { name: 'Mask masks/field-1.tif' }).waitFor();
    expect(await list.getByRole('listitem').count()).toBeLessThan(15);
    await page.getByLabel('Find an image or mask').fill('field-31');
    const mask = list.getByLabel('Mask of images/field-31.tif');
    await mask.selectOption('No mask: leave it out');
    await page.getByText('Check 47 pairs again').waitFor();
    await mask.press('Control+z');
    await page.getByText('Check 48 pairs again').waitFor();
    expect(await mask.inputValue()).toBe('masks/field-31.tif');
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await page.close();
  });
});

describe('a dataset whose files are gone', () => {
  it('says which folder, and is located again, which can be undone', async () => {
    const page = await inProject({ missing: true });
    await page.getByText('Files not found').waitFor();
    await page.getByRole('heading', { name: 'Colon glands' }).click();
    const missing = page.getByRole('region', { name: 'Files are missing' });
    await missing.getByText('/data/lab/colon-glands').waitFor();
    await missing.getByRole('button', { name: 'Locate it again' }).press('Enter');
    await page.getByText('5,000 images compared, all the same').waitFor();
    await missing.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await missing.waitFor();
    await page.close();
  });
});

describe('the wizard', () => {
  it('moves the choice at once when the goal line is moved', async () => {
    const page = await inProject({ predicted: true });
    await page.keyboard.press('Alt+2');
    await page.getByRole('button', { name: 'Prediction' }).click();
    const choice = page.getByRole('region', { name: 'Choice' });
    const before = await choice.textContent();
    await page.getByRole('slider', { name: 'Accuracy to reach' }).focus();
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowUp');
    expect(await choice.textContent()).not.toBe(before);
    await page.close();
  });

  it('shows the share of full accuracy or Dice, as the goal asks until the user chooses', async () => {
    const page = await inProject({ predicted: true });
    await page.keyboard.press('Alt+2');
    await page.getByRole('button', { name: 'Prediction' }).click();
    const shown = page.getByRole('radiogroup', { name: 'Show accuracy as' });
    const share = shown.getByRole('radio', { name: 'Share of full accuracy' });
    const slider = page.getByRole('slider', { name: 'Accuracy to reach' });
    const trust = page.locator('section', {
      has: page.getByRole('heading', { name: 'How far to trust it' }),
    });
    expect(await share.isChecked()).toBe(true);
    expect(await slider.getAttribute('aria-valuetext')).toBe('95.0 % of the full accuracy');
    await page.getByText('1 of 7 calibrated datasets is left out').waitFor();
    await trust.getByText('1.8 percentage points').waitFor();
    await page.getByRole('application', { name: /^Predicted share by size/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page
      .getByText(/^Keeps \d+\.\d % of the full accuracy, 90 % interval/)
      .waitFor({ state: 'attached' });

    await page.getByText('Reach a Dice value').click();
    expect(await share.isChecked()).toBe(false);
    expect(await slider.getAttribute('aria-valuetext')).toBe('0.800 Dice');
    await trust.getByText('0.027 Dice').waitFor();
    const choice = await page.getByRole('region', { name: 'Choice' }).textContent();

    await shown.getByRole('radio', { name: 'Dice' }).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await share.isChecked()).toBe(true);
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^90\.5 % /);
    expect(await page.getByRole('region', { name: 'Choice' }).textContent()).toBe(choice);
    await page.getByText('Keep a share of accuracy').click();
    await page.getByText('Reach a Dice value').click();
    expect(await share.isChecked(), "the user's own choice stays").toBe(true);
    await page.close();
  });

  it('goes from the question to the result, and is taken up where it was left', async () => {
    const page = await inProject({ stepMs: 5 });
    await page.keyboard.press('Alt+2');
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('button', { name: 'Train it' }).click();
    await page.keyboard.press('Alt+1');
    await page.keyboard.press('Alt+2');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByRole('heading', { name: 'The prediction held' }).waitFor({ timeout: 45_000 });
    await page.getByText('section-001').waitFor();
    // Coming back shows what was drawn before.
    await page.keyboard.press('Alt+1');
    await page.getByRole('heading', { name: 'Colon glands' }).waitFor();
    await page.keyboard.press('Alt+2');
    await page.getByText('section-001').waitFor();
    const done = `window.ccnet['jobs.list']().then(({ value }) => value.every((job) => job.finishedAt !== null))`;
    await expect.poll(() => page.evaluate<boolean>(done), { timeout: 10_000 }).toBe(true);
    const drawn = await page.evaluate<number>(
      `window.ccnet['jobs.list']().then(({ value }) => value.filter((job) => job.kind === 'examples').length)`,
    );
    expect(drawn, 'examples are drawn once').toBe(1);
    await page.close();
  });
});

describe('a size', () => {
  it('can be taken from the table instead of the chosen one, and given back', async () => {
    const page = await inProject({ predicted: true });
    await page.keyboard.press('Alt+2');
    await page.getByRole('button', { name: 'Prediction' }).click();
    const choice = page.getByRole('region', { name: 'Choice' });
    await page.getByText('Factor 1/8 would be trained.').waitFor();
    await page.getByRole('radio', { name: '1/32', exact: true }).check();
    await choice.getByText('Taken by you').waitFor();
    await choice.getByText('It is predicted to miss the share of accuracy to keep.').waitFor();
    await page.getByText('Factor 1/32 would be trained.').waitFor();
    await choice.getByRole('button', { name: 'Back to the smallest that fits, 1/8' }).click();
    await page.getByText('Factor 1/8 would be trained.').waitFor();
    // Anywhere in its row.
    await page
      .getByRole('row', { name: /^1\/16 / })
      .getByRole('cell')
      .nth(2)
      .click();
    await page.getByText('Factor 1/16 would be trained.').waitFor();
    await page.close();
  });

  it('is limited by what its field shows, whatever was typed', async () => {
    const page = await inProject({});
    await page.keyboard.press('Alt+2');
    const field = page.getByLabel('File size, at most, in MB');
    const tick = page.getByRole('checkbox', { name: /^File size/ });
    await field.fill('3');
    await field.press('Tab');
    expect(await tick.isChecked()).toBe(true);
    await field.fill('-3');
    await field.press('Tab');
    await page.getByText('Give a number above 0. It stays 3.').waitFor();
    expect(await field.inputValue()).toBe('3');
    // Nothing that can be filled in lies under the words.
    const other = page.getByLabel('Time per image, at most, in ms');
    await other.click({ trial: true });
    await field.fill('');
    await field.press('Tab');
    expect(await tick.isChecked()).toBe(false);
    await page.close();
  });
});

describe('the test images of a result', () => {
  it('are looked through from the worst on, with both outlines, one of them or the difference', async () => {
    const page = await inProject({ predicted: true, outcome: true });
    await page.keyboard.press('Alt+2');
    await page.getByRole('button', { name: 'Result' }).click();
    const list = page.getByRole('region', { name: 'Every test image' });
    await list
      .getByRole('button', { name: /^section-/ })
      .first()
      .click();
    const viewer = page.getByRole('dialog');
    const picture = viewer.getByRole('img', { name: /^section-/ });
    await viewer.getByText('120 of 120').waitFor();
    expect(await picture.getAttribute('aria-label')).toMatch(/drawn by hand and found by the network$/);
    await page.keyboard.press('x');
    await viewer.getByText('missed: drawn, not found').waitFor();
    expect(await picture.getAttribute('aria-label')).toMatch(/what was missed and what was found too much$/);
    const painted = `(() => {
      const canvas = document.querySelector('dialog canvas');
      return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
    })()`;
    await expect.poll(() => page.evaluate<boolean>(painted), { timeout: 10_000 }).toBe(true);
    await page.keyboard.press('n');
    await expect.poll(() => page.evaluate<boolean>(painted), { timeout: 10_000 }).toBe(false);
    await page.keyboard.press('ArrowRight');
    await viewer.getByText('119 of 120').waitFor();
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    await page.close();
  });
});

describe('a training', () => {
  it('shows what the network finds now, with names and Dice, also after the view was left', async () => {
    const page = await inProject({ predicted: true });
    await page.keyboard.press('Alt+2');
    await page.getByRole('button', { name: 'Training' }).click();
    await page.getByRole('button', { name: 'Start training' }).click();
    const examples = page.getByRole('region', { name: /^Example predictions/ });
    await examples.getByText('after epoch 2').waitFor();
    expect(await examples.getByRole('img').count()).toBe(4);
    expect(await examples.getByRole('img').first().getAttribute('alt')).toMatch(
      /^section-0011, Dice 0\.\d{3}: outlines drawn by hand and found$/,
    );
    await page.keyboard.press('Alt+1');
    await page.keyboard.press('Alt+2');
    await examples.getByText(/after epoch [2-9]/).waitFor();
    expect(await examples.getByRole('img').count()).toBe(4);

    // What the user wanted is no error, and can be gone on with.
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: 'Start training' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByText('The last training was cancelled. What was finished of it is kept.').waitFor();
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await page.close();
  });
});

describe('errors', () => {
  it('are shown in place with their remedy and a way to try again', async () => {
    const page = await inProject({ failing: ['library.runs'] });
    await page.keyboard.press('Alt+4');
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    expect(await alert.textContent()).toContain('drive or network share is still connected');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.close();
  });
});

describe('settings', () => {
  it('act at once', async () => {
    const page = await inProject({});
    await page.keyboard.press('Alt+6');
    await page.getByText('Dark', { exact: true }).click();
    await page.waitForFunction(`document.documentElement.dataset.theme === 'dark'`);
    await page.close();
  });
});

describe('the licences', () => {
  it('are searched by name, and open in the window', async () => {
    const page = await inProject({});
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Licences of this program' }).click();
    const list = page.getByRole('dialog', { name: 'Licences' });
    await list.getByText('4 of 4').waitFor();
    await list.getByRole('searchbox').fill('vips');
    await list.getByText('1 of 4').waitFor();
    await list.getByRole('button', { name: 'libvips' }).click();
    const terms = page.getByRole('dialog', { name: 'libvips 8.18.7' });
    await terms.getByText('these terms stay with it').waitFor();
    await page.keyboard.press('Escape');
    await list.getByText('1 of 4').waitFor();
    await page.close();
  });
});
