import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stripTypeScriptTypes } from 'node:module';
import { ipcMain } from './ipcMain.ts';
import { requestUrl } from './protocol.ts';
import { requestPage } from './requestPage.ts';

const APP = 'app://ccnet';
const COOKIE = 'ccnet-host';
const PAGE_SHIM = new URL('./electronInPage.ts', import.meta.url);

/** Serves the window's page from its sources in the place of the program (`npm run dev -- project.ccnet`). */
const PAGE_SERVER = process.env['CCNET_HOST_PAGE'];

/** To the page. */
export type PageMessage =
  | { readonly type: 'ipc'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'reply'; readonly id: number; readonly value?: unknown; readonly error?: string }
  | { readonly type: 'ask'; readonly id: number; readonly kind: string; readonly options: unknown }
  | { readonly type: 'reload' | 'closed' };

/** From the page. */
type HostMessage =
  | { type: 'invoke'; id: number; channel: string; args: unknown[]; url: string; top: boolean }
  | { type: 'send'; channel: string; args: unknown[]; url: string; top: boolean }
  | { type: 'answer'; id: number; answer: string | number | null }
  | { type: 'loaded' };

/**
 * Shows the program's window in a browser on this computer: the page and its pictures come from the program's own protocol
 * handler, its calls go to the program's own IPC. On loopback only, behind a one-time token that becomes a cookie; requests
 * that name another host or come from another origin are refused (DNS rebinding, other pages of the same browser).
 */
class HostServer {
  #server: Server | null = null;
  #origin = '';
  #page = '';
  #preload = '';
  readonly #tokens = new Set<string>();
  readonly #session = randomBytes(32).toString('hex');
  #events: ServerResponse | null = null;
  #loaded: (() => void)[] = [];
  readonly #asked = new Map<number, (answer: string | number | null) => void>();
  #asks = 0;
  onUrl: (url: string) => void = () => undefined;

  /** Starts the server for a window whose page is `url`. */
  async open(url: string, preload: string): Promise<void> {
    this.#page = url;
    this.#preload = preload;
    if (!this.#server) {
      const server = createServer((request, response) => void this.#answer(request, response));
      this.#server = server;
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }
    this.onUrl(this.freshUrl());
  }

  /** An address that lets one browser in, once. */
  freshUrl(): string {
    const token = randomBytes(24).toString('hex');
    this.#tokens.add(token);
    return `${this.#origin}/?token=${token}`;
  }

  send(message: PageMessage): void {
    this.#events?.write(`data: ${JSON.stringify(message)}\n\n`);
  }

  /** Has the page ask what a system dialog would. */
  ask(kind: string, options: unknown): Promise<string | number | null> {
    if (!this.#events) return Promise.resolve(null);
    const id = ++this.#asks;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.send({ type: 'ask', id, kind, options });
    });
  }

  onPageLoaded(listener: () => void): void {
    this.#loaded.push(listener);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const refuse = (status: number): void => void response.writeHead(status).end();
    if (`http://${headers.host ?? ''}` !== this.#origin) return refuse(403);
    if (headers.origin !== undefined && headers.origin !== this.#origin) return refuse(403);
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return refuse(403);
    if (method === 'GET' && url.startsWith('/?token='))
      return this.#admit(url.slice('/?token='.length), response);
    if (!this.#knows(headers.cookie ?? '')) return refuse(401);
    if (url === '/__host/events') return this.#openEvents(response);
    if (url === '/__host/preload.js') return this.#sendPreload(response);
    if (url === '/__host/message' && method === 'POST') return this.#receive(request, response);
    return method === 'GET' ? this.#serve(url, response) : refuse(405);
  }

  #admit(token: string, response: ServerResponse): void {
    if (!this.#tokens.delete(token))
      return void response.writeHead(401).end('This address was used already.');
    response
      .writeHead(302, {
        Location: '/index.html',
        'Set-Cookie': `${COOKIE}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`,
      })
      .end();
  }

  #knows(cookies: string): boolean {
    const value = cookies
      .split(/;\s*/)
      .find((cookie) => cookie.startsWith(`${COOKIE}=`))
      ?.slice(COOKIE.length + 1);
    const given = Buffer.from(value ?? '');
    const expected = Buffer.from(this.#session);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  #openEvents(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': connected\n\n');
    this.#events = response;
    response.on('close', () => {
      if (this.#events === response) this.#events = null;
    });
  }

  #sendPreload(response: ServerResponse): void {
    const shim = stripTypeScriptTypes(readFileSync(PAGE_SHIM, 'utf8')).replace(/^export /m, '');
    const preload = readFileSync(this.#preload, 'utf8');
    const script = `(() => {\n${shim}\nconst require = requireInPage;\n${preload}\n})();`;
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-store' }).end(script);
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const message = JSON.parse(Buffer.concat(chunks).toString()) as HostMessage;
    response.writeHead(204).end();
    if (message.type === 'loaded') for (const tell of this.#loaded) tell();
    else if (message.type === 'answer') this.#asked.get(message.id)?.(message.answer);
    else if (message.type === 'send') {
      ipcMain.emit(message.channel, this.#caller(message), ...message.args);
    } else {
      const { id } = message;
      try {
        const value = await ipcMain.invoke(message.channel, this.#caller(message), message.args);
        this.send({ type: 'reply', id, value });
      } catch (error) {
        this.send({ type: 'reply', id, error: error instanceof Error ? error.message : String(error) });
      }
    }
  }

  /** The calling frame as Electron would describe it. */
  #caller({ url, top }: { url: string; top: boolean }): {
    senderFrame: { url: string; parent: unknown };
  } {
    const own = url.startsWith(`${this.#origin}/`) ? url.replace(this.#origin, APP) : url;
    return { senderFrame: { url: own, parent: top ? null : {} } };
  }

  async #serve(url: string, response: ServerResponse): Promise<void> {
    const wanted = url === '/' ? new URL(this.#page).pathname : url;
    const own = PAGE_SERVER === undefined || wanted.startsWith('/media/');
    const answer = own ? await requestUrl(`${APP}${wanted}`) : await requestPage(PAGE_SERVER, wanted);
    let body: Buffer = Buffer.from(await answer.arrayBuffer());
    const headers = Object.fromEntries(answer.headers);
    const policy = headers['content-security-policy'];
    if (policy !== undefined) {
      // The stand-in for Electron's IPC is a connection; everything else stays as strict as it is.
      headers['content-security-policy'] = policy.replace("connect-src 'none'", "connect-src 'self'");
    }
    if (headers['content-type']?.startsWith('text/html')) {
      body = Buffer.from(
        body.toString().replace(/<head>/i, '<head><script src="/__host/preload.js"></script>'),
      );
    }
    response.writeHead(answer.status, headers).end(body);
  }
}

export const hostServer = new HostServer();
