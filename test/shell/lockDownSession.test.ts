import { describe, expect, it, vi } from 'vitest';
import { lockDownSession } from '../../src-main/shell/security/lockDownSession.ts';

/** Everything that Electron 45 knows a page to ask for, and what a later one may add. */
const PERMISSIONS = [
  ...['clipboard-read', 'clipboard-sanitized-write', 'deprecated-sync-clipboard-read', 'display-capture'],
  ...['fileSystem', 'fullscreen', 'geolocation', 'hid', 'idle-detection', 'keyboardLock', 'media'],
  ...['mediaKeySystem', 'midi', 'midiSysex', 'notifications', 'openExternal', 'pointerLock', 'serial'],
  ...['speaker-selection', 'storage-access', 'top-level-storage-access', 'usb', 'window-management'],
  ...['unknown', 'invented-tomorrow'],
];

type Decide<Answer> = (answer: Answer) => void;

function lockedDown() {
  let request: (contents: null, permission: string, decide: Decide<boolean>) => void = () => undefined;
  let check: (contents: null, permission: string) => boolean = () => true;
  let device: (details: { deviceType: string }) => boolean = () => true;
  let before: (details: { url: string }, decide: Decide<{ cancel: boolean }>) => void = () => undefined;
  const listeners = new Map<string, (event: { preventDefault(): void }) => void>();
  lockDownSession({
    setPermissionRequestHandler: (handler: typeof request) => (request = handler),
    setPermissionCheckHandler: (handler: typeof check) => (check = handler),
    setDevicePermissionHandler: (handler: typeof device) => (device = handler),
    on: (name: string, listener: (event: { preventDefault(): void }) => void) =>
      listeners.set(name, listener),
    webRequest: { onBeforeRequest: (listener: typeof before) => (before = listener) },
  } as unknown as Electron.Session);
  return {
    asks: (permission: string) => {
      const decide = vi.fn<Decide<boolean>>();
      request(null, permission, decide);
      return decide.mock.calls;
    },
    has: (permission: string) => check(null, permission),
    device: (deviceType: string) => device({ deviceType }),
    requests: (url: string) => {
      const decide = vi.fn<Decide<{ cancel: boolean }>>();
      before({ url }, decide);
      return decide.mock.calls;
    },
    download: () => {
      const preventDefault = vi.fn();
      listeners.get('will-download')?.({ preventDefault });
      return preventDefault.mock.calls.length;
    },
  };
}

describe('the page', () => {
  it.each(PERMISSIONS)('is denied %s, whether it asks or looks whether it has it', (permission) => {
    const session = lockedDown();
    expect(session.asks(permission)).toEqual([[false]]);
    expect(session.has(permission)).toBe(false);
  });

  it.each(['hid', 'serial', 'usb'])('gets no %s device', (kind) => {
    expect(lockedDown().device(kind)).toBe(false);
  });

  it.each([
    ['https://example.org/collect?dice=0.9', true],
    ['wss://example.org/', true],
    ['file:///etc/passwd', true],
    ['http://127.0.0.1:11434/', true],
    ['chrome://settings/', true],
    ['app://ccnet/index.html', false],
    ['blob:app://ccnet/1', false],
  ])('requesting %s: refused is %s', (url, cancel) => {
    expect(lockedDown().requests(url)).toEqual([[{ cancel }]]);
  });

  it('downloads nothing', () => {
    expect(lockedDown().download()).toBe(1);
  });
});
