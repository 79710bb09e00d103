import { counted } from '#common/format.ts';
import type { JobView } from '#contract/channels.ts';

/** What a finished sweep did: "12 networks trained, 3 stored already; 1 did not learn". Null of any other job, and after a restart. */
export function sweepOutcome({ state, result }: Pick<JobView, 'state' | 'result'>): string | null {
  if (state !== 'finished' || result === null || !('planned' in result)) return null;
  const { trained, skipped, runs } = result;
  const unlearnt = runs.filter(({ learnt }) => !learnt).length;
  return (
    `${counted(trained, 'network')} trained` +
    (skipped > 0 ? `, ${skipped} stored already` : '') +
    (unlearnt > 0 ? `; ${unlearnt} did not learn` : '') +
    '.'
  );
}
