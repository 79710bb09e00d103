import { jobKindOf, type JobRequest } from './jobKinds.ts';
import type { PathAccess } from './jobKind.ts';

export interface NamedPath {
  /** The field that holds it. */
  readonly field: string;
  readonly path: string;
  readonly access: PathAccess;
}

/** The files and folders that a request names; what comes with the product has no path. */
export function pathsOf(request: JobRequest): NamedPath[] {
  const values: Readonly<Record<string, unknown>> = request;
  return Object.entries(jobKindOf(request.kind).paths).flatMap(([field, access]) => {
    const path = values[field];
    return typeof path === 'string' ? [{ field, path, access }] : [];
  });
}
