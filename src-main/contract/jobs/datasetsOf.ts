import type { JobRequest } from './jobKinds.ts';

/** Ids of the datasets that a request names. */
export function datasetsOf(request: JobRequest): readonly number[] {
  if ('datasets' in request) return request.datasets;
  return 'dataset' in request ? [request.dataset] : [];
}
