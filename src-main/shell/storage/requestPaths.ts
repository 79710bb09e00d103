import { isAbsolute, join, resolve } from 'node:path';
import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import { pathsOf } from '#contract/jobs/pathsOf.ts';
import type { GrantedPaths } from './grantedPaths.ts';

/** The request with its paths made plain. @throws path-not-chosen when one was never chosen by the user */
export async function checkRequestPaths(request: JobRequest, granted: GrantedPaths): Promise<JobRequest> {
  const files = 'files' in request ? request.files : undefined;
  const plain: Record<string, string> = {};
  for (const { field, path } of pathsOf(request)) plain[field] = await checkPath(path, files, granted);
  return { ...request, ...plain };
}

/** Files that were dropped one by one give no right to the folder that they lie in. */
async function checkPath(
  path: string,
  files: readonly string[] | undefined,
  granted: GrantedPaths,
): Promise<string> {
  if (!files || !isAbsolute(path)) return granted.check(path);
  for (const file of files) await granted.check(join(path, file));
  return resolve(path);
}
