// Runs in the page, before its own scripts: what preload requires of Electron. Made into a script by hostServer.ts.

import type { PageMessage } from './hostServer.ts';

// The repository's Node code is checked without the DOM's types, so the few that are used here are named.
declare const location: { readonly href: string; reload(): void };
declare const document: { readonly documentElement: { textContent: string } };
declare const window: {
  readonly top: unknown;
  readonly hostPathOf?: (file: File) => string;
  prompt(question: string, initial?: string): string | null;
  addEventListener(event: 'load', listener: () => void): void;
};

/** What the page can show of a system dialog. */
interface PageDialog {
  readonly title?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly buttons?: string[];
  readonly defaultPath?: string;
}

interface PageIpcListener {
  (event: object, ...args: unknown[]): void;
}

/** What preload gets from `require('electron')`. */
export const requireInPage = (() => {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<PageIpcListener>>();
  let calls = 0;
  // One message after the other, as on Electron's channel.
  let sent: Promise<unknown> = Promise.resolve();
  const frame = () => ({ url: location.href, top: window.top === window });
  const post = (message: object): void => {
    // JSON has no undefined, which is what a call without payload sends.
    const plain = (_key: string, value: unknown): unknown =>
      Array.isArray(value) && value.length === 1 && value[0] === undefined ? [] : value;
    const body = JSON.stringify({ ...message, ...frame() }, plain);
    // The host's page, not the product's, is the only one that connects to anything.
    // eslint-disable-next-line no-restricted-globals
    sent = sent.then(() => fetch('/__host/message', { method: 'POST', body })).catch(() => undefined);
  };
  const ask = (kind: string, options: PageDialog): string | number | null => {
    if (kind !== 'message') {
      return window.prompt(`${options.title ?? 'File'}\n\nPath on this computer:`, options.defaultPath ?? '');
    }
    const buttons = (options.buttons ?? []).map((button, i) => `${i}: ${button}`).join('\n');
    const answer = window.prompt(`${options.message ?? ''}\n${options.detail ?? ''}\n\n${buttons}`, '0');
    return answer === null ? null : Number(answer);
  };
  const receive = (message: PageMessage): void => {
    switch (message.type) {
      case 'ipc':
        for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args);
        return;
      case 'ask':
        return post({
          type: 'answer',
          id: message.id,
          answer: ask(message.kind, message.options as PageDialog),
        });
      case 'reload':
        return location.reload();
      case 'closed':
        document.documentElement.textContent = 'CC-Net Workstation was closed.';
        return;
      case 'reply': {
        const call = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.error === undefined) call?.resolve(message.value);
        else call?.reject(new Error(message.error));
      }
    }
  };

  const events = new EventSource('/__host/events');
  events.onmessage = ({ data }) => receive(JSON.parse(data as string) as PageMessage);
  const connected = new Promise((resolve) => (events.onopen = resolve));
  sent = connected;
  window.addEventListener('load', () => post({ type: 'loaded' }));

  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) =>
        Object.defineProperty(window, name, { value: Object.freeze(api), enumerable: true }),
    },
    ipcRenderer: {
      invoke: (channel: string, ...args: unknown[]) =>
        new Promise((resolve, reject) => {
          const id = ++calls;
          waiting.set(id, { resolve, reject });
          post({ type: 'invoke', id, channel, args });
        }),
      send: (channel: string, ...args: unknown[]) => post({ type: 'send', channel, args }),
      on: (channel: string, listener: PageIpcListener) => {
        if (!listeners.has(channel)) listeners.set(channel, new Set());
        listeners.get(channel)?.add(listener);
      },
      removeListener: (channel: string, listener: PageIpcListener) =>
        listeners.get(channel)?.delete(listener),
    },
    webUtils: {
      // A browser keeps paths to itself: tests put in a function that knows them, and in the development view the user is asked.
      getPathForFile: (file: File): string =>
        window.hostPathOf?.(file) ?? window.prompt(`Path of "${file.name}" on this computer:`) ?? '',
    },
  };
  return (name: string): typeof electron => {
    if (name !== 'electron') throw new Error(`A sandboxed preload cannot require ${name}.`);
    return electron;
  };
})();
