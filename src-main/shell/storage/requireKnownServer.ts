import { UsageError } from '#common/errors.ts';
import type { GrantedPaths } from './grantedPaths.ts';
import { serverOf } from './serverOf.ts';

/** A project says that its images lie on a server that the user has never named. */
export class UnknownServerError extends UsageError {
  constructor(root: string, server: string) {
    super(
      `The project says that images lie in ${root}. The server "${server}" is not called, because you have not chosen anything on it.`,
      'If you know it, add the dataset again from there.',
    );
  }
}

/**
 * Lets the folder of a stored dataset be read when that calls no server but one that the user chose: a project from a stranger
 * may name any, and Windows would identify the user to it.
 * @param project path of the project, whose own server was chosen with it
 * @throws UnknownServerError
 */
export async function requireKnownServer(
  root: string,
  project: string,
  granted: Pick<GrantedPaths, 'has'>,
  platform = process.platform,
): Promise<void> {
  const server = serverOf(root, platform);
  if (server === null || server === serverOf(project, platform) || (await granted.has(root))) return;
  throw new UnknownServerError(root, server);
}
