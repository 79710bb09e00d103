import { join } from 'node:path';
import { z } from 'zod';
import { type Chosen } from '../files/requireKnownServer.ts';
import { JsonFile } from '../files/jsonFile.ts';
import { serverOf } from '../files/serverOf.ts';
import { userFolder } from '../files/userFolder.ts';
import type { Invocation } from './command.ts';

const KEPT = 500;

/**
 * The servers that this user has named at the command line, now or earlier: images that a dataset was added from lie on one of them.
 * Remembered for the user, not in the project, which may come from a stranger.
 */
export async function namedServers(
  { positionals, options }: Pick<Invocation, 'positionals' | 'options'>,
  platform = process.platform,
  folder = userFolder(),
  here = process.cwd(),
): Promise<Chosen> {
  const words = [here, ...positionals, ...Object.values(options)];
  const named = words.flatMap((word) => (typeof word === 'string' ? (serverOf(word, platform) ?? []) : []));
  const file = new JsonFile(join(folder, 'servers.json'), z.array(z.string().max(4096)), []);
  const others = (known: readonly string[]): string[] => known.filter((one) => !named.includes(one));
  // What cannot be remembered holds for this command all the same.
  if (named.length > 0) {
    const remember = (known: string[]): string[] => [...new Set([...others(known), ...named])].slice(-KEPT);
    await file.update(remember).catch(() => undefined);
  }
  return {
    has: async (path) => {
      const server = serverOf(path, platform);
      return server === null || named.includes(server) || (await file.read()).includes(server);
    },
  };
}
