import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { listDevices } from '../../engine/listDevices.ts';
import { timeSizes } from '../../trainingCost/timeSizes.ts';
import type { Job } from '../job.ts';

/**
 * Tries devices, all unless some are named, and tells what they can do, or why they cannot be used; and how long a step of the networks takes
 * that are about to be trained, when they are named.
 */
export function inspectDevices({
  only,
  train,
}: RequestOf<'inspect-devices'>): Job<ResultOf<'inspect-devices'>> {
  return {
    run: (signal) =>
      listDevices(
        only,
        train &&
          (async (engine) => ({ steps: await timeSizes(engine, train.networks, train.recipe, signal) })),
      ),
  };
}
