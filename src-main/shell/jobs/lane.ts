import type { JobRequest } from '#contract/jobRequest.ts';

/** Jobs that keep all cores busy for long run one at a time; short ones need not wait for them. */
export type Lane = 'compute' | 'quick';

export const LANE_WIDTH: Readonly<Record<Lane, number>> = { compute: 1, quick: 2 };

/** Which lane a job queues in. Timings are only right while nothing else computes. */
export function laneOf(request: JobRequest): Lane {
  switch (request.kind) {
    case 'calibrate':
    case 'compress':
    case 'measure-complexity':
    case 'inspect-devices':
      return 'compute';
    case 'predict':
      return request.limits.maxLatencyMs === undefined ? 'quick' : 'compute';
    default:
      return 'quick';
  }
}
