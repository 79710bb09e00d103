import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedServers } from '../../src-main/cli/namedServers.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const NAS = String.raw`\\nas\lab\images`;
const HERE = String.raw`C:\lab`;

const asked = (folder: string, positionals: string[], here = HERE) =>
  namedServers({ positionals, options: { project: String.raw`C:\lab\lab.ccnet` } }, 'win32', folder, here);

describe('a server at the command line', () => {
  it('is known from the command that named it on, and no other one is', async () => {
    const folder = join(temporaryFolder(), 'user');
    expect(await (await asked(folder, ['cells'])).has(NAS)).toBe(false);
    expect(await (await asked(folder, [NAS])).has(NAS)).toBe(true);
    const later = await asked(folder, ['cells']);
    expect(await later.has(String.raw`\\NAS\other\images`)).toBe(true);
    expect(await later.has(String.raw`\\evil\share`)).toBe(false);
  });

  it('is known where the command is given in a folder of it', async () => {
    expect(await (await asked(temporaryFolder(), [], NAS)).has(NAS)).toBe(true);
  });

  it('is known by the word of an option', async () => {
    const options = { out: String.raw`\\?\UNC\nas\results` };
    const named = await namedServers({ positionals: [], options }, 'win32', temporaryFolder(), HERE);
    expect(await named.has(NAS)).toBe(true);
  });
});
