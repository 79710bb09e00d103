import { datasetsOf } from './datasetsOf.ts';
import { jobKindOf, type JobRequest } from './jobKinds.ts';

/** Whether a job may read the images of a dataset of the project. */
export function readsImagesOf(request: JobRequest, dataset: number): boolean {
  if (jobKindOf(request.kind).reads !== 'images') return false;
  // Only the project knows which dataset a network was trained on.
  return 'network' in request || datasetsOf(request).includes(dataset);
}
