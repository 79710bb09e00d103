import { EventEmitter } from 'node:events';
import type {
  BrowserWindow as ElectronWindow,
  BrowserWindowConstructorOptions,
  MessagePortMain,
  WebContents,
} from 'electron';
import { app } from './app.ts';
import { HiddenPage } from './hiddenPage.ts';
import { hostServer } from './hostServer.ts';
import { MessagePortStandIn } from './messageChannelMain.ts';
import { preventableEvent } from './preventableEvent.ts';
import { requestUrl } from './protocol.ts';
import { record } from './record.ts';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** Contents of a window: the page that is connected to the host's server. */
class ContentsStandIn extends EventEmitter implements Pick<WebContents, 'send' | 'reload' | 'postMessage'> {
  /** Set for a window that is not the one shown. */
  hidden: HiddenPage | null = null;
  openHandler: OpenHandler | null = null;

  send(channel: string, ...args: unknown[]): void {
    hostServer.send({ type: 'ipc', channel, args });
  }

  reload(): void {
    hostServer.send({ type: 'reload' });
  }

  postMessage(channel: string, _message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const [port] = transfer as readonly unknown[];
    // A page that ends while it is handed something takes its end of the channel with it.
    if (port instanceof MessagePortStandIn) this.hidden?.hand(channel, port).catch(() => port.close());
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
}

type Used = Pick<
  ElectronWindow,
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'isMinimized'
  | 'isVisible'
  | 'isFocused'
  | 'setProgressBar'
  | 'close'
  | 'loadURL'
  | 'destroy'
  | 'isDestroyed'
>;

export class BrowserWindow extends EventEmitter implements Used {
  readonly webContents = new ContentsStandIn();
  readonly options: BrowserWindowConstructorOptions;
  #visible = false;
  #open = true;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    record.windows.push({ webPreferences: { ...options.webPreferences } });
    setImmediate(() => app.emit('web-contents-created', {}, this.webContents));
  }

  /** Of two windows, the browser that the user opened shows the first; the other gets a Chromium of its own. */
  async loadURL(url: string): Promise<void> {
    const preload = this.options.webPreferences?.preload ?? '';
    if (windows.size > 0) return this.#loadHidden(url, preload);
    windows.add(this);
    hostServer.onPageLoaded(() => {
      if (!this.#open) return;
      this.webContents.emit('did-finish-load');
      this.emit('ready-to-show');
    });
    await hostServer.open(url, preload);
  }

  async #loadHidden(url: string, preload: string): Promise<void> {
    const page = new HiddenPage(requestUrl, process.env['CCNET_HOST_WEBGPU'] === 'software');
    this.webContents.hidden = page;
    page.on('gone', () => this.webContents.emit('render-process-gone', {}, { reason: 'crashed' }));
    await page.open(url, preload);
    if (this.#open) this.webContents.emit('did-finish-load');
  }

  isDestroyed(): boolean {
    return !this.#open;
  }

  /** Ends the window without asking its listeners. */
  destroy(): void {
    this.#open = false;
    this.webContents.hidden?.destroy();
  }

  show(): void {
    this.#visible = true;
    record.visible = true;
  }

  hide(): void {
    this.#visible = false;
    record.visible = false;
  }

  focus(): void {
    record.focused += 1;
  }

  restore(): void {
    this.show();
  }

  isMinimized(): boolean {
    return false;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isFocused(): boolean {
    return this.#visible && record.pretendFocus;
  }

  setProgressBar(share: number): void {
    record.progressBar = share;
  }

  /** Asks the listeners, as the user's click on the window's cross does. @returns nothing; see `closed` */
  close(): void {
    const event = preventableEvent();
    this.emit('close', event);
    if (event.defaultPrevented || !this.#open) return;
    this.#open = false;
    windows.delete(this);
    hostServer.send({ type: 'closed' });
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }
}

const windows = new Set<BrowserWindow>();

app.closeWindows = () => {
  for (const window of windows) window.close();
  return windows.size === 0;
};

/** The only window of this program. */
export const currentWindow = (): BrowserWindow | undefined => [...windows][0];
