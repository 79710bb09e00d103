import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { preventableEvent } from './preventableEvent.ts';
import { record } from './record.ts';

type RequestHandler = (contents: null, permission: string, decide: (granted: boolean) => void) => void;
type BeforeRequest = (details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void;

class SessionStandIn extends EventEmitter {
  #request: RequestHandler | null = null;
  #check: (() => boolean) | null = null;
  #device: (() => boolean) | null = null;
  #before: BeforeRequest | null = null;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: () => boolean): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.#device = handler;
  }

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest): void => {
      this.#before = listener;
    },
  };

  /** Tries everything that a page might ask for, and records what the program says. */
  probe(): void {
    let permission = true;
    this.#request?.(null, 'media', (granted) => (permission = granted));
    const download = preventableEvent();
    this.emit('will-download', download);
    record.denies = {
      permission: !permission,
      check: this.#check?.() === false,
      device: this.#device?.() === false,
      download: download.defaultPrevented,
    };
  }

  /** Whether the program would let the page request a URL. */
  allows(url: string): boolean {
    let cancelled = false;
    this.#before?.({ url }, ({ cancel }) => (cancelled = cancel));
    return !cancelled;
  }
}

type Used = 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler';
export const session = { defaultSession: new SessionStandIn() } satisfies {
  defaultSession: Record<Used & keyof Session, unknown>;
};
