import { CcnetError } from '#common/errors.ts';
import type { WorkerRole } from '../../workers/protocol.ts';

/** A utility process ended by itself: out of memory, killed from outside, a fault in native code. */
export class WorkerDiedError extends CcnetError<'worker-died'> {
  constructor(role: WorkerRole, code: number, stderr: string) {
    const lines = stderr.trim().split('\n');
    // Node ends its report with its own version; the line that says what happened stands further up.
    const reason = (lines.findLast((line) => /error|fatal|abort/i.test(line)) ?? lines.at(-1))?.slice(0, 300);
    super('worker-died', { role, code, reason: reason || null });
  }
}
