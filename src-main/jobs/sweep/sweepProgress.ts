import { DEVICE_WORDS } from '#common/device/deviceWords.ts';
import { counted } from '#common/format.ts';
import { formatFactor } from '#common/network/formatFactor.ts';
import { foldText } from '#common/dataset/foldText.ts';
import type { LiveExamples, ShowExamples } from '#contract/liveExample.ts';
import type { OnProgress, Progress } from '#contract/progress.ts';
import type { ScheduledTraining, SweepCapacity } from '../../calibration/schedule/scheduledTraining.ts';
import type { SweepListener } from './runSweep.ts';
import { SweepTimeLeft } from './sweepTimeLeft.ts';
import type { SweepTraining } from './sweepTraining.ts';

/** How often the rest of the sweep is gone through, in seconds: it is cheap, and reports come often. */
const FORETELL_SECONDS = 1;

/** What a training of a sweep is called: "cells at factor 1/8, fold 2/3". */
export function trainingWords({ planned: { dataset, network, fold } }: SweepTraining): string {
  return `${dataset.name} at factor ${formatFactor(network.factor)}${fold ? `, fold ${foldText(fold)}` : ''}`;
}

/** Tells the progress of all trainings of a sweep as one. */
export class SweepProgress implements SweepListener {
  readonly #trainings: readonly SweepTraining[];
  readonly #scheduled: readonly ScheduledTraining[];
  readonly #capacity: SweepCapacity;
  readonly #onProgress: OnProgress;
  readonly #latest = new Map<number, Progress>();
  readonly #timeLeft: SweepTimeLeft;
  /** Named after the training that began last, so that a log has a line for each. */
  #stage = 'Calibrating';
  #left = { at: Number.NEGATIVE_INFINITY, seconds: 0 };

  constructor(
    trainings: readonly SweepTraining[],
    scheduled: readonly ScheduledTraining[],
    { capacity, slowdown }: { readonly capacity: SweepCapacity; readonly slowdown: number },
    onProgress: OnProgress,
  ) {
    this.#trainings = trainings;
    this.#scheduled = scheduled;
    this.#capacity = capacity;
    this.#onProgress = onProgress;
    this.#timeLeft = new SweepTimeLeft(scheduled, capacity, slowdown);
  }

  readonly onBegin = (index: number): void => {
    this.#timeLeft.begin(index, now());
    this.#stage = `${this.#words(index)}${this.#latest.size > 0 ? `, beside ${counted(this.#latest.size, 'other')}` : ''}`;
    this.#latest.set(index, { stage: 'Beginning', done: 0, total: 0, unit: '', secondsLeft: null });
    this.#tell(index, true);
  };

  readonly onProgress = (index: number, progress: Progress): void => {
    this.#latest.set(index, progress);
    this.#timeLeft.steps(index, this.#share(index), now());
    this.#tell(index, false);
  };

  readonly onEnd = (index: number): void => {
    this.#latest.delete(index);
    this.#timeLeft.end(index, now());
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
      done: this.#timeLeft.finished,
      total,
      unit: 'networks',
      secondsLeft: left,
      ...(figures && { figures }),
      ...(running.length > 0 && { message: this.#message(running) }),
      trainings: { waiting: this.#timeLeft.waiting, running: running.length, done: this.#timeLeft.finished },
    });
  }

  #message(running: readonly number[]): string {
    if (running.length > 1)
      return running
        .map((index) => {
          const said = this.#latest.get(index)?.message;
          return `${this.#words(index)} ${percent(this.#share(index))}${said ? ` (${said})` : ''}`;
        })
        .join('; ');
    const [first = 0] = running;
    const { stage = '', done = 0, total = 0, unit = '', message } = this.#latest.get(first) ?? {};
    return `${stage} ${done}/${total} ${unit}${message ? `. ${message}` : ''}`;
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
    const at = now();
    if (changed || at - this.#left.at >= FORETELL_SECONDS)
      this.#left = { at, seconds: this.#timeLeft.secondsLeft(at) };
    return this.#left.seconds;
  }
}

const now = (): number => performance.now() / 1000;
const percent = (share: number): string => `${Math.floor(100 * share)} %`;
