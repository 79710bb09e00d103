import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { settled } from '../renderer/settled.ts';
import { startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

afterAll(closeBrowser);

/** Serious violations that axe finds on the page: rule and element. */
async function violations(page: Page, view: string): Promise<string[]> {
  // Contrast is measured on what is drawn.
  await settled(page);
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    interface Violation {
      id: string;
      impact: string;
      nodes: { target: string[]; failureSummary: string }[];
    }
    const { axe: checker } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Violation[] }> };
    };
    return (await checker.run({ resultTypes: ['violations'] })).violations;
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${view}: ${id} at ${target.join(' ')}: ${failureSummary}`),
    );
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it('axe finds no serious violation in any view', async () => {
    const program = startProgram();
    const window = await AppWindow.open(program);
    const { page } = window;
    page.setDefaultTimeout(30_000);
    await window.call('settings.set', { theme });
    await page.reload();
    const main = page.getByRole('navigation', { name: 'Main' });
    const go = (name: string): Promise<void> => main.getByRole('button', { name }).click();
    const found = await violations(page, 'start');

    await page.getByRole('button', { name: /demo/i }).first().click();
    await main.waitFor();
    await expect
      .poll(() => window.call('jobs.list', undefined).then((jobs) => jobs[0]?.state), { timeout: 60_000 })
      .toBe('finished');
    await go('Datasets');
    await page.getByRole('heading', { name: 'glands' }).waitFor();
    found.push(...(await violations(page, 'datasets')));

    await page.getByRole('heading', { name: 'glands' }).click();
    for (const tab of ['Images', 'Measures', 'Findings']) {
      await page.getByRole('tab', { name: tab }).click();
      found.push(...(await violations(page, `dataset, ${tab}`)));
    }
    for (const view of ['Compress', 'Calibration', 'Devices', 'Settings']) {
      await go(view);
      found.push(...(await violations(page, view)));
    }
    await main.getByRole('button', { name: /^Jobs/ }).click();
    found.push(...(await violations(page, 'jobs')));
    await main.getByRole('button', { name: /help/i }).click();
    found.push(...(await violations(page, 'help')));
    expect(found).toEqual([]);
    expect(window.faults).toEqual([]);
  });
});
