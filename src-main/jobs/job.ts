import type { ShowExamples } from '#contract/liveExample.ts';
import type { OnProgress } from '#contract/progress.ts';

/** The one kind of long work: the window, the command line and the worker all run these. */
export interface Job<Result> {
  /**
   * Runs to the end, or rejects: with CancelledError soon after `signal` aborts, keeping what was finished.
   * @param show receives example predictions of a network that is being trained; none are drawn without it
   */
  run(signal: AbortSignal, onProgress: OnProgress, show?: ShowExamples): Promise<Result>;
}
