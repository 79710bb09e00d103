import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { listDevices } from '../../engine/listDevices.ts';
import type { Job } from '../job.ts';

/** Tries devices, all unless some are named, and tells what they can do, or why they cannot be used. */
export function inspectDevices(request: RequestOf<'inspect-devices'>): Job<ResultOf<'inspect-devices'>> {
  return { run: () => listDevices(request.only) };
}
