import { isAbsolute, join, resolve } from 'node:path';
import { STARTER } from '../../calibration/shippedLibrary.ts';
import type { JobRequest } from '#contract/jobRequest.ts';
import type { GrantedPaths } from './grantedPaths.ts';

/** The request with its paths made plain. @throws PathNotChosenError when one was never chosen by the user */
export async function checkRequestPaths(request: JobRequest, granted: GrantedPaths): Promise<JobRequest> {
  switch (request.kind) {
    case 'check-dataset':
    case 'add-dataset':
      return { ...request, path: await checkSource(request, granted) };
    case 'relocate-dataset':
      return { ...request, path: await granted.check(request.path) };
    case 'compress':
    case 'export':
    case 'report':
    case 'make-demo':
      return { ...request, out: await granted.check(request.out) };
    case 'import-library':
      // The library that comes with the product has no path.
      if (request.file === STARTER) return request;
      return { ...request, file: await granted.check(request.file) };
    case 'export-library':
      return { ...request, file: await granted.check(request.file) };
    case 'measure-complexity':
    case 'calibrate':
    case 'predict':
    case 'examples':
    case 'inspect-devices':
      return request;
  }
}

/** Files that were dropped one by one give no right to the folder that they lie in. */
async function checkSource(
  { path, files }: { readonly path: string; readonly files?: readonly string[] | undefined },
  granted: GrantedPaths,
): Promise<string> {
  if (!files || !isAbsolute(path)) return granted.check(path);
  for (const file of files) await granted.check(join(path, file));
  return resolve(path);
}
