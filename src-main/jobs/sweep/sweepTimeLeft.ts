import type { DeviceId } from '#common/device/device.ts';
import type { ScheduledTraining, SweepCapacity } from '../../calibration/schedule/scheduledTraining.ts';
import {
  secondsBeside,
  simulateSweep,
  type SweepMoment,
  sweepStart,
} from '../../calibration/schedule/simulateSweep.ts';
import { threadsOf } from '../../calibration/schedule/threadsOf.ts';
import { DevicePace } from './devicePace.ts';

interface Running {
  readonly begun: number;
  /** Share of its steps that is done; null before the first. */
  share: number | null;
  /** When it told that. */
  told: number;
  /** What it would have done since by the forecast, up to a moment at which what runs beside it changed. */
  foreseen: number;
  since: number;
  /** Expected seconds of all of it, with what runs beside it now. */
  whole: number;
}

/**
 * Foretells what is left of a sweep while it runs: what the scheduler would do with the rest is gone through with what each training takes by
 * what the others took so far (DevicePace). Moments are seconds on any clock.
 */
export class SweepTimeLeft {
  readonly #scheduled: readonly ScheduledTraining[];
  readonly #capacity: SweepCapacity;
  readonly #slowdown: number;
  readonly #paces = new Map<DeviceId, DevicePace>();
  readonly #running = new Map<number, Running>();
  #waiting: readonly number[];
  #finished: ReadonlySet<number> = new Set();

  /** @param slowdown how much longer trainings are expected to take while others run beside them on the processor */
  constructor(scheduled: readonly ScheduledTraining[], capacity: SweepCapacity, slowdown: number) {
    this.#scheduled = scheduled;
    this.#capacity = capacity;
    this.#slowdown = slowdown;
    this.#waiting = sweepStart(scheduled).waiting;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get finished(): number {
    return this.#finished.size;
  }

  begin(index: number, at: number): void {
    this.#waiting = this.#waiting.filter((other) => other !== index);
    this.#change(at, () =>
      this.#running.set(index, { begun: at, share: null, told: at, foreseen: 0, since: at, whole: 0 }),
    );
  }

  /** @param share of its steps that is done; less than before where it began again */
  steps(index: number, share: number, at: number): void {
    const running = this.#running.get(index);
    if (!running) return;
    this.#foresee(running, at);
    const pace = this.#paceOf(index);
    if (running.share === null) pace.beforeSteps(at - running.begun);
    else if (share >= running.share)
      pace.steps(index, at - running.told, share - running.share, running.foreseen);
    running.share = share;
    running.told = at;
    running.foreseen = 0;
  }

  end(index: number, at: number): void {
    const running = this.#running.get(index);
    if (running && running.share !== null) this.#paceOf(index).afterSteps(at - running.told);
    this.#finished = new Set([...this.#finished, index]);
    this.#change(at, () => this.#running.delete(index));
  }

  /** Seconds until the last training ends. */
  secondsLeft(at: number): number {
    const paced = this.#scheduled.map((training): ScheduledTraining => {
      const { before, ratio, extra, after } = this.#learnt(training.device);
      return {
        ...training,
        seconds: (threads) => before + ratio * training.seconds(threads) + extra + after,
      };
    });
    const running = [...this.#running.keys()];
    const threads = threadsOf(this.#scheduled, running, this.#capacity.threads);
    const moment: SweepMoment = {
      waiting: this.#waiting,
      running,
      finished: this.#finished,
      done: new Map(
        [...this.#running].map(([index, how]) => {
          const count = threads.get(index) ?? 1;
          const all = paced[index]?.seconds(count) ?? 0;
          return [index, all > 0 ? 1 - this.#leftOf(index, how, count, at) / all : 0];
        }),
      ),
    };
    return simulateSweep(paced, this.#capacity, moment, this.#slowdown);
  }

  /** What a running training still takes with so many threads and nothing beside it. */
  #leftOf(index: number, { begun, share, told }: Running, threads: number, at: number): number {
    const training = this.#scheduled[index];
    if (!training) return 0;
    const { before, ratio, extra, after } = this.#learnt(training.device);
    const steps = ratio * training.seconds(threads) + extra;
    if (share === null) return Math.max(0, before - (at - begun)) + steps + after;
    return share < 1 ? (1 - share) * steps + after : Math.max(0, after - (at - told));
  }

  /** Of a device, with nothing beside a training: what was learnt was so while others ran beside it. */
  #learnt(device: DeviceId): Readonly<Record<'before' | 'ratio' | 'extra' | 'after', number>> {
    const { before, after, pace } = this.#pace(device);
    const slowed = device === 'native' && (this.#capacity.slots.native ?? 1) > 1 ? this.#slowdown : 1;
    const [ratio, extra] = [pace.ratio, pace.extra / slowed];
    return { ratio, extra, before: before / slowed, after: after / slowed };
  }

  #change(at: number, change: () => void): void {
    for (const running of this.#running.values()) this.#foresee(running, at);
    change();
    const places = [...this.#running.keys()];
    const whole = secondsBeside(this.#scheduled, places, this.#capacity.threads, this.#slowdown);
    for (const [index, running] of this.#running) running.whole = whole.get(index) ?? 0;
  }

  #foresee(running: Running, at: number): void {
    if (running.whole > 0) running.foreseen += (at - running.since) / running.whole;
    running.since = at;
  }

  #paceOf(index: number): DevicePace {
    return this.#pace(this.#scheduled[index]?.device ?? 'native');
  }

  #pace(device: DeviceId): DevicePace {
    const pace = this.#paces.get(device) ?? new DevicePace();
    this.#paces.set(device, pace);
    return pace;
  }
}
