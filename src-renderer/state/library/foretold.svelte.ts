import { hasCode } from '#common/errors.ts';
import { counted, formatBytes } from '#common/format.ts';
import type { CalibrateResult } from '#contract/jobs/calibrateKind.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { failureWords } from '../window/failureWords.ts';
import { timeLeft } from '../window/words.ts';
import { failureOf } from '#common/errors.ts';

/** Rest after a change before it is asked anew. */
const REST_MS = 600;

/** Time and memory of a sweep, asked of the job itself without training anything, anew whenever the sweep changes. */
export class Foretold {
  words = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #job: number | null = null;
  #asked = 0;

  /** Asks about a sweep; null where there is nothing to ask about. */
  ask(request: RequestOf<'calibrate'> | null): void {
    this.stop();
    const asked = this.#asked;
    this.words = request ? 'Working out time and memory…' : '';
    if (!request) return;
    if (jobs.live.some(({ kind }) => kind === 'calibrate' || kind === 'compress')) {
      this.words = 'Another training is under way; time and memory are told when this one begins.';
      return;
    }
    this.#timer = setTimeout(() => {
      jobs
        .run<'calibrate'>({ ...request, dryRun: true }, ({ id }) => (this.#job = id))
        .then(
          (result) => (asked === this.#asked ? (this.words = resultWords(result)) : undefined),
          (error: unknown) => {
            if (asked !== this.#asked || hasCode(error, 'cancelled')) return;
            const { problem, remedy } = failureWords(failureOf(error));
            this.words = `${problem} ${remedy}`;
          },
        );
    }, REST_MS);
  }

  /** Stops asking. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    if (this.#job !== null) void jobs.cancel(this.#job);
    this.#job = null;
  }
}

function resultWords({ planned, skipped, forecast }: CalibrateResult): string {
  if (planned === 0) return 'All of it is stored already; nothing will be trained.';
  const stored = skipped > 0 ? `, ${skipped} stored already` : '';
  if (!forecast) return `${counted(planned, 'network')} to train${stored}.`;
  const memory =
    forecast.peakBytes === null ? '' : `, up to ${formatBytes(Math.round(forecast.peakBytes))} of memory`;
  return `${counted(planned, 'network')} to train${stored}: ${timeLeft(forecast.seconds)}${memory}.`;
}
