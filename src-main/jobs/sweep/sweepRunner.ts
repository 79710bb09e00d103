import { CancelledError, CcnetError, hasCode } from '#common/errors.ts';
import type { Checkpoint } from '#common/training/training.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { Progress } from '#contract/progress.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { performTraining } from '../training/performTraining.ts';
import type { TrainingOutcome, TrainingTask } from '../training/trainingTask.ts';
import type { Trainer } from './trainer.ts';
import type { TrainerPool } from './trainerPool.ts';

/** One training that a runner is to make. */
export interface RunnerOrder {
  readonly task: TrainingTask;
  readonly resumeFrom: Checkpoint | undefined;
  readonly before: string | null;
  readonly threads: number;
  /** Stores a state in the project. */
  readonly save: (checkpoint: Checkpoint) => void;
  readonly onProgress: (progress: Progress) => void;
  readonly show: ((examples: LiveExamples) => void) | undefined;
  readonly signal: AbortSignal;
}

export interface RunningTraining {
  readonly outcome: Promise<TrainingOutcome>;
  /** Gives it so many threads from its next step on. */
  setThreads(threads: number): void;
}

/** Where a sweep's trainings are computed. */
export type SweepRunner = (order: RunnerOrder) => RunningTraining;

/** Trains in this process, on any device. */
export function runnerHere(engine: Engine): SweepRunner {
  return ({ task, resumeFrom, before, save, show, signal, onProgress }) => ({
    outcome: performTraining(task, {
      engine,
      resumeFrom,
      before,
      onCheckpoint: save,
      show,
      signal,
      onProgress,
    }),
    // Alone it has all that the engine was opened with.
    setThreads: () => undefined,
  });
}

/** Deaths of processes of one training without an epoch between them after which it is given up. */
const MOST_DEATHS = 2;

/** Trains in processes of their own. A training whose process dies goes on in another one from its last checkpoint. */
export function runnerInProcesses(pool: TrainerPool): SweepRunner {
  return (order) => {
    let { threads } = order;
    let trainer: Trainer | null = null;
    return {
      outcome: trainThroughDeaths(
        pool,
        order,
        () => threads,
        (now) => (trainer = now),
      ),
      setThreads: (count) => {
        threads = count;
        trainer?.setThreads(count);
      },
    };
  };
}

async function trainThroughDeaths(
  pool: TrainerPool,
  order: RunnerOrder,
  threads: () => number,
  onTrainer: (trainer: Trainer) => void,
): Promise<TrainingOutcome> {
  const { task, before, signal, show } = order;
  let { resumeFrom } = order;
  let deaths = 0;
  for (;;) {
    if (signal.aborted) throw new CancelledError('Training');
    const trainer = pool.take();
    onTrainer(trainer);
    const cancel = (): void => trainer.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await trainer.train(
        { task, resumeFrom, before, threads: threads(), shows: show !== undefined },
        {
          onProgress: order.onProgress,
          onExamples: (examples) => show?.(examples),
          onCheckpoint: (checkpoint) => {
            order.save(checkpoint);
            resumeFrom = checkpoint;
            deaths = 0;
          },
        },
      );
    } catch (error) {
      if (!hasCode(error, 'trainer-died')) throw error;
      if (signal.aborted) throw new CancelledError('Training');
      deaths += 1;
      if (deaths >= MOST_DEATHS) throw new CcnetError('trainer-died', error.facts, { cause: error });
    } finally {
      signal.removeEventListener('abort', cancel);
      pool.giveBack(trainer);
    }
  }
}
