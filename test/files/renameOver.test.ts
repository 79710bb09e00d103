import { readFileSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renameOver } from '../../src-main/files/renameOver.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

/** A rename that is refused so often before it works. */
function heldFor(refusals: number, code: string): { move: typeof rename; tried: () => number } {
  let tried = 0;
  return {
    tried: () => tried,
    move: async (from, to) => {
      tried += 1;
      if (tried <= refusals) throw Object.assign(new Error(code), { code });
      await rename(from, to);
    },
  };
}

it.each(['EACCES', 'EBUSY', 'EPERM'])(
  'takes the place of a file that a scanner held for a while (%s)',
  async (code) => {
    const [from, to] = [join(temporaryFolder(), 'new'), join(temporaryFolder(), 'old')];
    writeFileSync(from, 'new');
    writeFileSync(to, 'old');
    const held = heldFor(2, code);
    await renameOver(from, to, { pauses: [1, 1, 1], move: held.move });
    expect(readFileSync(to, 'utf8')).toBe('new');
    expect(held.tried()).toBe(3);
  },
);

it('gives up with the last reason where it stays held, and at once where waiting does not help', async () => {
  const [held, full] = [heldFor(Infinity, 'EBUSY'), heldFor(Infinity, 'ENOSPC')];
  await expect(renameOver('a', 'b', { pauses: [1, 1], move: held.move })).rejects.toThrow('EBUSY');
  expect(held.tried()).toBe(3);
  await expect(renameOver('a', 'b', { pauses: [1, 1], move: full.move })).rejects.toThrow('ENOSPC');
  expect(full.tried()).toBe(1);
});
