import { CcnetError, EXIT } from '#common/errors.ts';
import type { WorkerRole } from '../../workers/protocol.ts';

const WHAT: Record<WorkerRole, string> = {
  project: 'The process that has the project open',
  media: 'The process that draws the pictures',
  job: 'The process of this job',
};

/** A utility process ended by itself: out of memory, killed from outside, a fault in native code. */
export class WorkerDiedError extends CcnetError {
  constructor(role: WorkerRole, code: number, stderr: string) {
    const lines = stderr.trim().split('\n');
    // Node ends its report with its own version; the line that says what happened stands further up.
    const reason = (lines.findLast((line) => /error|fatal|abort/i.test(line)) ?? lines.at(-1))?.slice(0, 300);
    super(
      `${WHAT[role]} ended unexpectedly (code ${code})${reason ? `: ${reason}` : '.'}`,
      role === 'job'
        ? 'Resume it: it continues from the last epoch that was finished. If it happens again, memory may be short: choose a smaller batch.'
        : 'Try again. Nothing that was stored is lost.',
      EXIT.internal,
    );
  }
}
