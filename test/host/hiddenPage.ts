import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import type { MessagePortStandIn } from './messageChannelMain.ts';

const PAGE_SHIM = new URL('./electronInHiddenPage.ts', import.meta.url);
/** Secure, as WebGPU demands, and led to no network: every request is answered here. */
const ORIGIN = 'http://webgpu.localhost';

interface Host {
  ccnetHand(channel: string): void;
  ccnetReceive(data: unknown): void;
}

/** A window that is never shown: a page of a Chromium of its own. Emits "gone". */
export class HiddenPage extends EventEmitter {
  readonly #answer: (url: string) => Promise<Response>;
  readonly #webgpu: boolean;
  #browser: Browser | null = null;
  #page: Page | null = null;
  #destroyed = false;
  /** Addresses that the page requested. */
  readonly requests: string[] = [];

  /**
   * @param answer the program's own protocol handler
   * @param webgpu whether this Chromium offers its software adapter, on which everything takes long
   */
  constructor(answer: (url: string) => Promise<Response>, webgpu: boolean) {
    super();
    this.#answer = answer;
    this.#webgpu = webgpu;
  }

  /** Loads a page of the program's own scheme; resolves when its scripts have run. */
  async open(url: string, preload: string): Promise<void> {
    const browser = await launchChromium({ webgpu: this.#webgpu });
    this.#browser = browser;
    browser.on('disconnected', () => this.emit('gone'));
    if (this.#destroyed) return this.destroy();
    const page = await browser.newPage();
    this.#page = page;
    page.on('crash', () => this.emit('gone'));
    page.on('request', (request) => this.requests.push(request.url()));
    const app = new URL(url);
    await page.route('**/*', async (route) => {
      const wanted = new URL(route.request().url());
      if (wanted.origin !== ORIGIN) return route.abort();
      const answer = await this.#answer(`${app.protocol}//${app.host}${wanted.pathname}`);
      // A page that is ended meanwhile wants no answer.
      const answered = route.fulfill({
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: Buffer.from(await answer.arrayBuffer()),
      });
      await answered.catch(() => undefined);
    });
    const shim = stripTypeScriptTypes(readFileSync(PAGE_SHIM, 'utf8')).replace(/^export /m, '');
    await page.addInitScript({
      content: `(() => {\n${shim}\nconst require = requireInPage;\n${readFileSync(preload, 'utf8')}\n})();`,
    });
    await page.goto(`${ORIGIN}${app.pathname}`, { waitUntil: 'load' });
  }

  /** Hands one end of a channel to the page's preload. */
  async hand(channel: string, port: MessagePortStandIn): Promise<void> {
    const page = this.#page;
    if (!page) return port.close();
    await page.exposeBinding('ccnetHost', (_source, data: unknown) => port.postMessage(data));
    await page.evaluate((name) => (globalThis as unknown as Host).ccnetHand(name), channel);
    // One message after the other, as on Electron's channel.
    let sent: Promise<unknown> = Promise.resolve();
    port.on('message', ({ data }: { data: unknown }) => {
      sent = sent
        .then(() => page.evaluate((message) => (globalThis as unknown as Host).ccnetReceive(message), data))
        .catch(() => undefined);
    });
    port.on('close', () => this.destroy());
    this.on('gone', () => port.close());
    port.start();
  }

  destroy(): void {
    this.#destroyed = true;
    void this.#browser?.close().catch(() => undefined);
  }
}
