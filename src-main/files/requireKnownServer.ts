import { CcnetError } from '#common/errors.ts';
import { serverOf } from './serverOf.ts';

/** What the user has chosen or named. */
export interface Chosen {
  has(path: string): Promise<boolean>;
}

/**
 * Lets the folder of a stored dataset be read when that calls no server but one that the user chose: a project from a stranger
 * may name any, and Windows would identify the user to it.
 * @param project path of the project, whose own server was chosen with it
 * @throws unknown-server
 */
export async function requireKnownServer(
  root: string,
  project: string,
  chosen: Chosen,
  platform = process.platform,
): Promise<void> {
  const server = serverOf(root, platform);
  if (server === null || server === serverOf(project, platform) || (await chosen.has(root))) return;
  throw new CcnetError('unknown-server', { root, server });
}
