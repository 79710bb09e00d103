import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DROPPED_PATH } from '../../src-main/shell/ipc/droppedPath.ts';
import { receiveDroppedPaths } from '../../src-main/shell/ipc/receiveDroppedPaths.ts';
import type { SenderFrame } from '../../src-main/shell/ipc/trustedSender.ts';
import { GrantedPaths } from '../../src-main/shell/storage/grantedPaths.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const own: SenderFrame = { url: 'app://ccnet/index.html', parent: null };
const dropped = resolve('/lab/images');

/** What has been chosen after a message on the channel of dropped files. */
async function after(path: unknown, frame: SenderFrame | null = own): Promise<GrantedPaths> {
  const granted = new GrantedPaths(temporaryFolder());
  const listeners = new Map<string, (event: { senderFrame: SenderFrame | null }, path: unknown) => void>();
  receiveDroppedPaths({ on: (channel, listener) => void listeners.set(channel, listener) }, granted);
  expect([...listeners.keys()]).toEqual([DROPPED_PATH]);
  // Read before, as in the program, where the folder for exports is granted at the start.
  await granted.has(dropped);
  listeners.get(DROPPED_PATH)?.({ senderFrame: frame }, path);
  await new Promise((next) => setImmediate(next));
  return granted;
}

describe('a dropped path', () => {
  it('counts as chosen by the user', async () => {
    expect(await (await after(dropped)).has(join(dropped, 'a.png'))).toBe(true);
  });

  it.each<[string, SenderFrame | null]>([
    ['a page from the network', { url: 'https://evil.example/index.html', parent: null }],
    ['a frame inside our page', { ...own, parent: {} }],
    ['a frame that has gone', null],
  ])('told by %s counts for nothing', async (_who, frame) => {
    expect(await (await after(dropped, frame)).has(dropped)).toBe(false);
  });

  it.each([
    ['an object that turns into a path', { toString: () => dropped }],
    ['a list of paths', [dropped]],
    ['nothing', undefined],
    ['an empty text', ''],
    ['a path as long as a book', `${dropped}/${'a'.repeat(5000)}`],
  ])('that is %s counts for nothing', async (_what, path) => {
    expect(await (await after(path)).has(dropped)).toBe(false);
  });

  it('that is relative does not become one of the folder that the program was started in', async () => {
    expect(await (await after('lab')).has(resolve('lab'))).toBe(false);
  });
});
