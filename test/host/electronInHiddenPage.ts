// Runs in the hidden page, before its own scripts: what its preload requires of Electron. Made into a script by hiddenPage.ts.

type Listener = (event: { readonly ports: readonly unknown[] }) => void;

declare const ccnetHost: (data: unknown) => Promise<void>;
interface PageChannel {
  readonly port1: {
    postMessage(data: unknown): void;
    onmessage: ((event: { data: unknown }) => void) | null;
  };
  readonly port2: unknown;
}

/** What the preload gets from `require('electron')`, and what the host calls. */
export const requireInPage = (() => {
  const listeners = new Map<string, Listener>();
  const page = globalThis as unknown as {
    MessageChannel: new () => PageChannel;
    ccnetHand: (channel: string) => void;
    ccnetReceive: (data: unknown) => void;
  };
  page.ccnetHand = (channel) => {
    const { port1, port2 } = new page.MessageChannel();
    port1.onmessage = ({ data }) => void ccnetHost(data);
    page.ccnetReceive = (data) => port1.postMessage(data);
    listeners.get(channel)?.({ ports: [port2] });
  };
  const electron = {
    ipcRenderer: { once: (channel: string, listener: Listener) => listeners.set(channel, listener) },
  };
  return (name: string): typeof electron => {
    if (name !== 'electron') throw new Error(`A sandboxed preload cannot require ${name}.`);
    return electron;
  };
})();
