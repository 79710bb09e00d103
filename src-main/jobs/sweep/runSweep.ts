import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { DeviceId } from '#common/device/device.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { Progress } from '#contract/progress.ts';
import { CancelledError } from '#common/errors.ts';
import { nextTrainings } from '../../calibration/schedule/nextTrainings.ts';
import type { ScheduledTraining, SweepCapacity } from '../../calibration/schedule/scheduledTraining.ts';
import { threadsOf } from '../../calibration/schedule/threadsOf.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { taskDataset, taskOf } from '../training/taskOf.ts';
import { requireTwoKindsOfPixels } from '../training/performTraining.ts';
import { beginTraining, endTraining, storeTraining } from '../training/trainingRecord.ts';
import type { TrainingOutcome } from '../training/trainingTask.ts';
import type { RunningTraining, SweepRunner } from './sweepRunner.ts';
import type { SweepTraining } from './sweepTraining.ts';

/** Whoever watches a sweep: what each of its trainings does. */
export interface SweepListener {
  readonly onBegin: (index: number) => void;
  readonly onProgress: (index: number, progress: Progress) => void;
  readonly onEnd: (index: number, outcome: TrainingOutcome) => void;
}

export interface SweepSurroundings {
  readonly project: Project;
  /** Where trainings on a device are computed. */
  readonly runnerOn: (device: DeviceId) => SweepRunner;
  readonly capacity: SweepCapacity;
  /** Stored with a training that begins: its device with so many threads. */
  readonly deviceVersion: (index: number, threads: number) => string;
  readonly show: ((index: number, examples: LiveExamples) => void) | undefined;
  readonly signal: AbortSignal;
  readonly listener: SweepListener;
  /** A training has finished and is stored: what it took, for forecasts to come. */
  readonly onTimed?: (index: number, threads: number, beside: number, outcome: TrainingOutcome) => void;
}

interface Running extends RunningTraining {
  threads: number;
  /** The most that ran at a time on its device while it did, itself included; null once its threads have changed. */
  beside: number | null;
  readonly ended: Promise<{ readonly index: number; readonly error: unknown }>;
}

/**
 * Trains all of a sweep, as many at a time as there is room for, and stores each as it finishes. When one fails the others stop after
 * their step, and the first failure is thrown; what was finished is kept, and what was begun continues from its checkpoint.
 * @returns the runs, in the order of the trainings
 */
export async function runSweep(
  trainings: readonly SweepTraining[],
  scheduled: readonly ScheduledTraining[],
  surroundings: SweepSurroundings,
): Promise<CalibrationRun[]> {
  const { capacity, signal } = surroundings;
  const failing = new AbortController();
  const together = AbortSignal.any([signal, failing.signal]);
  const runs = new Map<number, CalibrationRun>();
  const networks = new Map<number, TrainedNetworkRecord>();
  const running = new Map<number, Running>();
  let waiting = trainings.map((_, index) => index);
  let failure: { readonly error: unknown } | null = null;
  while (waiting.length > 0 || running.size > 0) {
    const finished = new Set(runs.keys());
    const begin =
      failure || signal.aborted
        ? []
        : nextTrainings(scheduled, { waiting, running: [...running.keys()], finished }, capacity);
    waiting = waiting.filter((index) => !begin.includes(index));
    const shares = threadsOf(scheduled, [...running.keys(), ...begin], capacity.threads);
    for (const index of begin) {
      try {
        running.set(index, start(index, shares.get(index) ?? 1, { ...surroundings, signal: together }));
      } catch (error) {
        failure ??= { error };
        failing.abort();
      }
    }
    for (const [index, training] of running) {
      const threads = shares.get(index) ?? training.threads;
      if (training.beside !== null && !begin.includes(index) && training.threads !== threads)
        training.beside = null;
      else if (training.beside !== null) training.beside = Math.max(training.beside, runningBeside(index));
      if (training.threads !== threads) training.setThreads(threads);
      training.threads = threads;
    }
    if (running.size === 0) break;
    const { index, error } = await Promise.race([...running.values()].map(({ ended }) => ended));
    running.delete(index);
    if (error !== null) {
      // What stops because another failed says nothing new.
      failure ??= { error };
      failing.abort();
    }
  }
  if (failure) throw failure.error;
  if (signal.aborted) throw new CancelledError('Calibration');
  if (waiting.length > 0) throw new Error(`${waiting.length} trainings of the sweep could never begin.`);
  return trainings.flatMap(({ asked }, index) => (asked ? (runs.get(index) ?? []) : []));

  /** Trainings that run on the device of this one. */
  function runningBeside(index: number): number {
    const device = scheduled[index]?.device;
    return [...running.keys()].filter((other) => scheduled[other]?.device === device).length;
  }

  function start(index: number, threads: number, at: SweepSurroundings): Running {
    const { planned, teacher } = trainings[index] as SweepTraining;
    const { project, show } = at;
    const request = { ...planned, dataset: planned.dataset.record, project, purpose: 'calibration' as const };
    requireTwoKindsOfPixels({ dataset: taskDataset(request) });
    const learntFrom = typeof teacher === 'number' ? networks.get(teacher) : (teacher ?? undefined);
    const task = taskOf(request, learntFrom);
    const { id, resumeFrom, before } = beginTraining(request, at.deviceVersion(index, threads));
    at.listener.onBegin(index);
    const training = at.runnerOn(scheduled[index]?.device ?? 'native')({
      task,
      resumeFrom,
      before,
      threads,
      save: (checkpoint) => project.checkpoints.save(id, checkpoint),
      onProgress: (progress) => at.listener.onProgress(index, progress),
      show: show && ((examples) => show(index, examples)),
      signal: at.signal,
    });
    const finish = async (): Promise<void> => {
      try {
        const outcome = await training.outcome;
        const { record, run } = storeTraining(request, id, outcome);
        runs.set(index, run);
        networks.set(index, record);
        const { threads: used, beside } = running.get(index) ?? { threads, beside: null };
        if (!resumeFrom && teacher === null && beside !== null) at.onTimed?.(index, used, beside, outcome);
        at.listener.onEnd(index, outcome);
      } catch (error) {
        throw endTraining(request, id, error);
      }
    };
    const ended = finish().then(
      () => ({ index, error: null }),
      (error: unknown) => ({ index, error }),
    );
    return { ...training, threads, beside: 1, ended };
  }
}
