import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemOf } from '#common/failures/failures.ts';
import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { AnswerOf, Bridge, ChannelName, JobView, PayloadOf, Reply } from '#contract/channels.ts';
import { launchChromium } from '../../host/chromium.ts';
import { ElectronProgram } from '../../electron/electronProgram.ts';
import { Program } from '../../host/program.ts';
import type { RunningProgram } from '../../host/runningProgram.ts';

declare const window: { readonly ccnet: Bridge };

let browser: Promise<Browser> | null = null;

/** One Chromium for all tests of a file. */
export function sharedBrowser(): Promise<Browser> {
  browser ??= launchChromium();
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}

/** The window of a program: its own in Electron, a page of a browser for the stand-in. */
async function pageOf(program: RunningProgram): Promise<Page> {
  if (program instanceof ElectronProgram) return program.page();
  const context = await (await sharedBrowser()).newContext({ viewport: { width: 1280, height: 860 } });
  return context.newPage();
}

/** The window of a program, as a page. */
export class AppWindow {
  readonly page: Page;
  /** Errors that the page threw. */
  readonly faults: string[] = [];
  /** Addresses that the page requested. */
  readonly requests: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('request', (request) => this.requests.push(request.url()));
  }

  static async open(program: RunningProgram): Promise<AppWindow> {
    const window = new AppWindow(await pageOf(program));
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') await window.picture(task.name);
      if (program instanceof Program) await window.page.context().close();
    });
    if (program instanceof Program) await window.page.goto(await program.url());
    return window;
  }

  /** Keeps a picture of what a failed test saw. */
  async picture(test: string): Promise<void> {
    const path = join(tmpdir(), 'ccnet-e2e', `${test.replace(/\W+/g, '-').slice(0, 80)}.png`);
    await this.page.screenshot({ path }).catch(() => undefined);
    console.log(`What it looked like: ${path}`);
  }

  /** Calls the program as the page's own code does. */
  reply<Name extends ChannelName>(name: Name, payload: PayloadOf<Name>): Promise<Reply<AnswerOf<Name>>> {
    // Runs in the page; the bridge's type ties each name to its own payload, which a generic index cannot follow.
    const call = ([channel, value]: [string, unknown]): Promise<unknown> => {
      const bridge = window.ccnet as unknown as Record<string, (payload: unknown) => Promise<unknown>>;
      return bridge[channel]?.(value) ?? Promise.reject(new Error(`no channel ${channel}`));
    };
    return this.page.evaluate(call, [name, payload] as [string, unknown]) as Promise<Reply<AnswerOf<Name>>>;
  }

  /** As `reply`, for calls that must succeed. */
  async call<Name extends ChannelName>(name: Name, payload: PayloadOf<Name>): Promise<AnswerOf<Name>> {
    const reply = await this.reply(name, payload);
    if (!reply.ok) throw new Error(`${name}: ${problemOf(reply.error)}`);
    return reply.value;
  }

  async job(id: number): Promise<JobView> {
    const job = (await this.call('jobs.list', undefined)).find((one) => one.id === id);
    if (!job) throw new Error(`There is no job ${id}.`);
    return job;
  }

  /** Waits until a job is as wanted. */
  async until(id: number, wanted: (job: JobView) => boolean, seconds = 60): Promise<JobView> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const job = await this.job(id);
      if (wanted(job)) return job;
      if (Date.now() > end) throw new Error(`Waited in vain for job ${id}: ${JSON.stringify(job)}`);
      await this.page.waitForTimeout(50);
    }
  }
}
