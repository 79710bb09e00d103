import { CancelledError } from '#common/errors.ts';
import type { JobView } from '#contract/channels.ts';
import { FIRST_UNRECORDED } from '#contract/jobs/firstUnrecorded.ts';

interface Waiting {
  readonly job: JobView;
  readonly ended: PromiseWithResolvers<JobView>;
}

/** Who waits for the end of a job. */
export class JobEnds {
  #waiting: readonly Waiting[] = [];

  /** Resolves with the job as it ended. @throws CancelledError when its project is left before */
  of(job: JobView): Promise<JobView> {
    const ended = Promise.withResolvers<JobView>();
    this.#waiting = [...this.#waiting, { job, ended }];
    return ended.promise;
  }

  /** A job has ended. */
  tell(job: JobView): void {
    for (const { ended } of this.#take(({ job: { id } }) => id === job.id)) ended.resolve(job);
  }

  /** Another project is open, or none: its jobs are never told of again, and others have their numbers. */
  leaveProject(): void {
    for (const { job, ended } of this.#take(({ job: { id } }) => id < FIRST_UNRECORDED))
      ended.reject(new CancelledError(job.title));
  }

  #take(wanted: (one: Waiting) => boolean): readonly Waiting[] {
    const taken = this.#waiting.filter(wanted);
    this.#waiting = this.#waiting.filter((one) => !taken.includes(one));
    return taken;
  }
}
