import type { RequestOf } from '#contract/jobRequest.ts';
import type { ResultOf } from '#contract/jobResult.ts';
import { jobTitle } from '#contract/jobTitle.ts';
import { listDevices } from '../../engine/listDevices.ts';
import type { Job } from '../job.ts';

/** Tries devices, all unless some are named, and tells what they can do, or why they cannot be used. */
export function inspectDevices(request: RequestOf<'inspect-devices'>): Job<ResultOf<'inspect-devices'>> {
  return { kind: request.kind, title: jobTitle(request), run: () => listDevices(request.only) };
}
