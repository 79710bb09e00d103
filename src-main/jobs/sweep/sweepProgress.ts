import { DEVICE_WORDS } from '#common/device/deviceWords.ts';
import { counted } from '#common/format.ts';
import { formatFactor } from '#common/network/formatFactor.ts';
import { foldText } from '#common/dataset/fold.ts';
import type { LiveExamples, ShowExamples } from '#contract/liveExample.ts';
import type { OnProgress, Progress } from '#contract/progress.ts';
import type { ScheduledTraining, SweepCapacity } from '../../calibration/schedule/scheduledTraining.ts';
import { simulateSweep, type SweepMoment, sweepStart } from '../../calibration/schedule/simulateSweep.ts';
import type { SweepListener } from './runSweep.ts';
import type { SweepTraining } from './sweepTraining.ts';

/** How often the rest of the sweep is gone through, in milliseconds: it is cheap, and reports come often. */
const FORETELL_MS = 1000;

/** What a training of a sweep is called: "cells at factor 1/8, fold 2/3". */
export function trainingWords({ planned: { dataset, network, fold } }: SweepTraining): string {
  return `${dataset.name} at factor ${formatFactor(network.factor)}${fold ? `, fold ${foldText(fold)}` : ''}`;
}

/**
 * Tells the progress of all trainings of a sweep as one. The time left is what the scheduler is expected to take for the rest, by what the
 * part that is done took compared with what it was expected to take.
 */
export class SweepProgress implements SweepListener {
  readonly #trainings: readonly SweepTraining[];
  readonly #scheduled: readonly ScheduledTraining[];
  readonly #capacity: SweepCapacity;
  readonly #slowdown: number;
  readonly #onProgress: OnProgress;
  readonly #latest = new Map<number, Progress>();
  readonly #started = performance.now();
  readonly #expected: number;
  /** Named after the training that began last, so that a log has a line for each. */
  #stage = 'Calibrating';
  #waiting: readonly number[];
  #finished: ReadonlySet<number> = new Set();
  #left: { readonly at: number; readonly seconds: number };

  constructor(
    trainings: readonly SweepTraining[],
    scheduled: readonly ScheduledTraining[],
    { capacity, slowdown }: { readonly capacity: SweepCapacity; readonly slowdown: number },
    onProgress: OnProgress,
  ) {
    this.#trainings = trainings;
    this.#scheduled = scheduled;
    this.#capacity = capacity;
    this.#slowdown = slowdown;
    this.#onProgress = onProgress;
    this.#waiting = sweepStart(scheduled).waiting;
    this.#expected = simulateSweep(scheduled, capacity, undefined, slowdown);
    this.#left = { at: Number.NEGATIVE_INFINITY, seconds: this.#expected };
  }

  readonly onBegin = (index: number): void => {
    this.#waiting = this.#waiting.filter((other) => other !== index);
    this.#stage = `${this.#words(index)}${this.#latest.size > 0 ? `, beside ${counted(this.#latest.size, 'other')}` : ''}`;
    this.#latest.set(index, { stage: 'Beginning', done: 0, total: 0, unit: '', secondsLeft: null });
    this.#tell(index, true);
  };

  readonly onProgress = (index: number, progress: Progress): void => {
    this.#latest.set(index, progress);
    this.#tell(index, false);
  };

  readonly onEnd = (index: number): void => {
    this.#latest.delete(index);
    this.#finished = new Set([...this.#finished, index]);
    this.#tell(index, true);
  };

  /** Passes on the example predictions of one training at a time: the longest-running one. */
  examples(show: ShowExamples): (index: number, examples: LiveExamples) => void {
    return (index, examples) => {
      if (index === this.#leader()) show(examples);
    };
  }

  #leader(): number | undefined {
    return this.#latest.keys().next().value;
  }

  #tell(index: number, changed: boolean): void {
    const leader = this.#leader();
    const progress = leader === undefined ? undefined : this.#latest.get(leader);
    const running = [...this.#latest.keys()];
    const total = this.#trainings.length;
    const left = this.#secondsLeft(changed);
    // Curves are of one training; the others' figures would make them jump.
    const figures = index === leader && !changed ? progress?.figures : undefined;
    this.#onProgress({
      stage: this.#stage,
      done: this.#finished.size,
      total,
      unit: 'networks',
      secondsLeft: left,
      ...(figures && { figures }),
      ...(running.length > 0 && { message: this.#message(running) }),
      trainings: { waiting: this.#waiting.length, running: running.length, done: this.#finished.size },
    });
  }

  #message(running: readonly number[]): string {
    if (running.length > 1)
      return running.map((index) => `${this.#words(index)} ${percent(this.#share(index))}`).join('; ');
    const [first = 0] = running;
    const { stage = '', done = 0, total = 0, unit = '' } = this.#latest.get(first) ?? {};
    return `${stage} ${done}/${total} ${unit}`;
  }

  #words(index: number): string {
    const training = this.#trainings[index];
    if (!training) return '';
    const { device } = this.#scheduled[index] ?? {};
    // Where there is one device alone, it needs no word.
    const shared = Object.keys(this.#capacity.slots).length > 1;
    return `${trainingWords(training)}${shared && device ? `, on ${DEVICE_WORDS[device]}` : ''}`;
  }

  #share(index: number): number {
    const { done = 0, total = 0 } = this.#latest.get(index) ?? {};
    return total > 0 ? Math.min(1, done / total) : 0;
  }

  #secondsLeft(changed: boolean): number {
    const now = performance.now();
    if (!changed && now - this.#left.at < FORETELL_MS) return this.#left.seconds;
    const moment: SweepMoment = {
      waiting: this.#waiting,
      running: [...this.#latest.keys()],
      finished: this.#finished,
      done: new Map([...this.#latest.keys()].map((index) => [index, this.#share(index)])),
    };
    const rest = simulateSweep(this.#scheduled, this.#capacity, moment, this.#slowdown);
    const behind = this.#expected - rest;
    const took = (now - this.#started) / 1000;
    const seconds = behind > 0 ? (rest * took) / behind : rest;
    this.#left = { at: now, seconds };
    return seconds;
  }
}

const percent = (share: number): string => `${Math.floor(100 * share)} %`;
