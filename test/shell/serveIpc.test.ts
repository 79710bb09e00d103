import { describe, expect, it, vi } from 'vitest';
import { CHANNELS, type Reply } from '#contract/channels.ts';
import { CcnetError } from '#common/errors.ts';
import { type Handlers, serveIpc } from '../../src-main/shell/ipc/serveIpc.ts';
import type { SenderFrame } from '../../src-main/shell/ipc/trustedSender.ts';

type Listener = (event: { senderFrame: SenderFrame | null }, payload: unknown) => Promise<unknown>;

const own: SenderFrame = { url: 'app://ccnet/index.html', parent: null };

/** All channels answered by one spy. */
function server() {
  const handler = vi.fn<(payload: unknown) => Promise<unknown>>().mockResolvedValue(null);
  const channels = new Map<string, Listener>();
  const handlers = Object.fromEntries(Object.keys(CHANNELS).map((name) => [name, handler]));
  serveIpc(
    { handle: (name, listener) => void channels.set(name, listener) },
    handlers as unknown as Handlers,
  );
  const call = async (
    name: string,
    payload: unknown,
    frame: SenderFrame | null = own,
  ): Promise<Reply<unknown>> => {
    const listener = channels.get(name);
    if (!listener) throw new Error(`no handler for ${name}`);
    return (await listener({ senderFrame: frame }, payload)) as Reply<unknown>;
  };
  return { handler, channels, call };
}

describe('a call from the window', () => {
  it('is answered on the channels of the contract and on no other', () => {
    expect([...server().channels.keys()].sort()).toEqual(Object.keys(CHANNELS).sort());
  });

  it('reaches its handler with the checked payload', async () => {
    const { call, handler } = server();
    expect(await call('datasets.images', 7)).toEqual({ ok: true, value: null });
    expect(handler).toHaveBeenCalledExactlyOnceWith(7);
  });

  it.each<[string, SenderFrame | null]>([
    ['a page from the network', { url: 'https://evil.example/index.html', parent: null }],
    ['a host that begins like ours', { url: 'app://ccnet.evil/index.html', parent: null }],
    ['user information that looks like our host', { url: 'app://ccnet@evil/index.html', parent: null }],
    ['another file of our own', { url: 'app://ccnet/media/image/1', parent: null }],
    ['a file from the disk', { url: 'file:///tmp/index.html', parent: null }],
    ['a blank page', { url: 'about:blank', parent: null }],
    ['a frame inside our page', { ...own, parent: {} }],
    ['a frame that has gone', null],
    ['an address that is none', { url: '', parent: null }],
  ])('is refused when it comes from %s', async (_who, frame) => {
    const { call, handler } = server();
    const reply = await call('jobs.list', undefined, frame);
    expect(reply).toMatchObject({ ok: false, error: { code: 'foreign-page' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each<[string, string, unknown]>([
    ['an id that is a path', 'datasets.images', '../../etc/passwd'],
    ['a negative id', 'datasets.images', -1],
    ['a fraction', 'jobs.cancel', 1.5],
    ['an object in place of an id', 'jobs.cancel', { valueOf: 1 }],
    ['a payload where none belongs', 'jobs.list', { all: true }],
    ['an unknown kind of job', 'jobs.start', { kind: 'run-shell', command: 'rm -rf /' }],
    ['a missing field', 'jobs.start', { kind: 'check-dataset' }],
    ['a path as long as a book', 'projects.open', 'x'.repeat(5000)],
    ['an unknown theme', 'settings.set', { theme: '"><script>' }],
    ['a thousand threads', 'settings.set', { threads: 1000 }],
    ['an unknown picture format', 'files.savePlot', { suggestion: 'a', format: 'html', data: '<script>' }],
    [
      'a plot larger than any',
      'files.savePlot',
      { suggestion: 'a', format: 'svg', data: 'x'.repeat(20_000_001) },
    ],
  ])('is refused when its payload is %s', async (_what, channel, payload) => {
    const { call, handler } = server();
    const reply = await call(channel, payload);
    expect(reply).toMatchObject({ ok: false, error: { code: 'call-refused' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it('loses fields that the contract does not know, prototypes among them', async () => {
    const { call, handler } = server();
    await call('datasets.rename', JSON.parse('{"id": 1, "name": "a", "__proto__": {"x": 1}, "sql": "--"}'));
    expect(handler.mock.calls[0]?.[0]).toStrictEqual({ id: 1, name: 'a' });
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('gets an error as code and facts, without a stack or paths of the program', async () => {
    const { call, handler } = server();
    handler.mockRejectedValueOnce(new CcnetError('run-gone', { run: 7 }));
    expect(await call('jobs.list', undefined)).toStrictEqual({
      ok: false,
      error: { code: 'run-gone', facts: { run: 7 } },
    });
  });
});
