/**
 * How long the window takes to answer its user, idle and while a job trains on all cores: the built program (`npm run build`
 * first) in the stand-in for Electron, with a project of 5,000 images and 200 runs. Prints first paint, then for each interaction
 * median, 95th percentile and worst of the time from the input to the end of the next frame, and how late the event loops of the
 * main process and its helpers were: `node bench/interaction.ts [--repeats 12] [--rounds 2]`.
 */
import { mkdtemp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { Bridge } from '#contract/channels.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { Program } from '../test/host/program.ts';
import { launchChromium } from '../test/host/chromium.ts';
import type { EventLoopDelay } from './window/eventLoopDelay.ts';
import { installInputTiming, slowestInteraction, timeInput, type InputTiming } from './window/inputTiming.ts';
import { INTERACTIONS } from './window/interactions.ts';
import { LARGE, largeProject } from './window/largeProject.ts';

declare const window: { readonly ccnet: Bridge };

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '2' },
    images: { type: 'string', default: '5000' },
    runs: { type: 'string', default: '200' },
  },
});
const repeats = Number(values.repeats);
const rounds = Number(values.rounds);
const SETTLE_MS = 80;

/** Trains for longer than the measurement takes, with validation and checkpoints between its epochs. */
const training = (dataset: number): RequestOf<'calibrate'> => ({
  kind: 'calibrate',
  datasets: [dataset],
  family: 'unet',
  width: 32,
  alphas: [1],
  seeds: [1],
  recipe: { ...DEFAULT_RECIPE, epochs: 5000 },
  device: 'native',
  threads: null,
});

type Load = 'idle' | 'loaded';
const timings = new Map<string, Record<Load, InputTiming[]>>();
const slowest: Record<Load, number> = { idle: 0, loaded: 0 };

async function perform(page: Page, load: Load): Promise<void> {
  await slowestInteraction(page);
  for (const { name, before, act, event, there } of INTERACTIONS) {
    const taken = timings.get(name) ?? { idle: [], loaded: [] };
    timings.set(name, taken);
    for (let turn = 0; turn < repeats; turn++) {
      await before(page);
      await page.waitForTimeout(SETTLE_MS);
      taken[load].push(await timeInput(page, [event], () => act(page, turn), there));
    }
  }
  slowest[load] = Math.max(slowest[load], await slowestInteraction(page));
}

async function firstPaint(page: Page): Promise<string> {
  const { paint, arrived } = await page.evaluate<{ paint: number; arrived: number }>(
    `new Promise((resolve) => new PerformanceObserver((list) => {
      const [first] = list.getEntriesByName('first-contentful-paint');
      if (first) resolve({ paint: first.startTime, arrived: performance.getEntriesByType('navigation')[0].responseEnd });
    }).observe({ type: 'paint', buffered: true }))`,
  );
  return `${paint.toFixed(0)} ms after navigation, ${(paint - arrived).toFixed(0)} ms after the page arrived`;
}

/** How late the event loops of the program's processes were since the last call. */
async function delays(program: Program, folder: string): Promise<EventLoopDelay[]> {
  const pids = [
    program.pid,
    ...(
      await Promise.all((['project', 'media', 'job'] as const).map((role) => program.processes(role)))
    ).flat(),
  ];
  for (const pid of pids) process.kill(pid, 'SIGUSR2');
  await new Promise((later) => setTimeout(later, 500));
  const found: EventLoopDelay[] = [];
  for (const file of await readdir(folder)) {
    found.push(JSON.parse(await readFile(join(folder, file), 'utf8')) as EventLoopDelay);
    await rm(join(folder, file));
  }
  return found;
}

const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;

function spread(numbers: readonly number[]): { text: string; median: number } {
  const sorted = numbers.toSorted((a, b) => a - b);
  const text = [share(sorted, 0.5), share(sorted, 0.95), sorted.at(-1) ?? Number.NaN]
    .map((ms) => ms.toFixed(0).padStart(5))
    .join('');
  return { text, median: share(sorted, 0.5) };
}

const folder = await mkdtemp(join(tmpdir(), 'ccnet-interaction-'));
const delayFolder = join(folder, 'delays');
await mkdir(delayFolder);
const { path, trained } = await largeProject(folder, Number(values.images), Number(values.runs));
process.env['NODE_OPTIONS'] =
  `--import ${fileURLToPath(new URL('window/eventLoopDelay.ts', import.meta.url))}`;
process.env['CCNET_DELAYS'] = delayFolder;
const program = new Program(join(folder, 'user'), { args: [path] });
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await installInputTiming(page);
  await page.goto(await program.url());
  console.log(`First contentful paint: ${await firstPaint(page)}`);
  await page.getByRole('heading', { name: LARGE }).waitFor();
  const start = await page.evaluate<number>('performance.now()');
  console.log(`The project's datasets are shown after ${start.toFixed(0)} ms`);
  await page.reload();
  console.log(`First contentful paint with the project open: ${await firstPaint(page)}`);
  await page.getByRole('heading', { name: LARGE }).waitFor();
  const again = await page.evaluate<number>('performance.now()');
  console.log(`The project's datasets are shown after ${again.toFixed(0)} ms`);

  let job: number | null = null;
  const late: Record<Load, EventLoopDelay[]> = { idle: [], loaded: [] };
  for (let round = 0; round < rounds; round++) {
    await delays(program, delayFolder);
    await perform(page, 'idle');
    late.idle.push(...(await delays(program, delayFolder)));
    if (job === null) {
      job = await page.evaluate(async (request) => {
        const reply = await window.ccnet['jobs.start'](request);
        if (!reply.ok) throw new Error(reply.error.code);
        return reply.value.id;
      }, training(trained));
    } else await page.evaluate((id) => window.ccnet['jobs.resume'](id), job);
    await page.waitForTimeout(4000);
    await delays(program, delayFolder);
    await perform(page, 'loaded');
    late.loaded.push(...(await delays(program, delayFolder)));
    const state = await page.evaluate(async (id) => {
      const reply = await window.ccnet['jobs.list'](undefined);
      return reply.ok ? reply.value.find((one) => one.id === id) : undefined;
    }, job);
    console.log(
      `Round ${round + 1}: the job is ${state?.state ?? 'gone'}, epoch ${state?.progress?.figures?.['epoch'] ?? 0}`,
    );
    await page.keyboard.press('Escape');
    await page.evaluate((id) => window.ccnet['jobs.pause'](id), job);
  }

  console.log(`\nMilliseconds from input to paint: median, 95th percentile, worst`);
  console.log(`${''.padEnd(42)}idle              training          ratio   until shown, training`);
  for (const [name, { idle, loaded }] of timings) {
    const [a, b] = [idle, loaded].map((list) => spread(list.map(({ paint }) => paint)));
    const there = loaded.flatMap(({ there: shown }) => shown ?? []);
    console.log(
      `${name.padEnd(40)}${a?.text ?? ''}   ${b?.text ?? ''}   ${((b?.median ?? 0) / (a?.median ?? 1)).toFixed(2).padStart(5)}   ${there.length > 0 ? spread(there).text : ''}`,
    );
  }
  console.log(
    `\nSlowest by the browser's Event Timing: idle ${slowest.idle} ms, training ${slowest.loaded} ms`,
  );
  console.log('\nMilliseconds that timers came late: median, 99th percentile, longest');
  for (const load of ['idle', 'loaded'] as const) {
    for (const role of ['main', 'project', 'media', 'job']) {
      const own = late[load].filter((delay) => delay.role === role);
      if (own.length === 0) continue;
      const worst = (pick: (delay: EventLoopDelay) => number): string =>
        Math.max(...own.map(pick))
          .toFixed(1)
          .padStart(8);
      console.log(
        `${load.padEnd(8)}${role.padEnd(10)}${worst(({ median }) => median)}${worst(({ slow }) => slow)}${worst(({ longest }) => longest)}`,
      );
    }
  }
} finally {
  await browser.close();
  await program.kill();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
