import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import type { ShowExamples } from '#contract/liveExample.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { Engine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import { recordStepTiming } from '../prediction/recordStepTiming.ts';
import { besideVersion } from './measureThreads.ts';
import { prepareSweep, type SweepLimits } from './prepareSweep.ts';
import { runSweep } from './runSweep.ts';
import { SweepProgress } from './sweepProgress.ts';
import { runnerHere, runnerInProcesses } from './sweepRunner.ts';
import type { SweepTraining } from './sweepTraining.ts';
import { TrainerPool } from './trainerPool.ts';
import { trainerStarter } from './trainers.ts';

interface Surroundings {
  readonly project: Project;
  readonly engine: Engine;
  readonly limits: SweepLimits;
  /** Only foretell. */
  readonly dryRun: boolean;
  readonly show: ShowExamples | undefined;
}

/** Trains a sweep on this machine: side by side in processes of their own where that is faster, one after the other otherwise. */
export async function trainSweep(
  { project, engine, limits, dryRun, show }: Surroundings,
  trainings: readonly SweepTraining[],
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<{ readonly runs: CalibrationRun[]; readonly forecast: TrainingForecast | null }> {
  const start = trainerStarter();
  const pool = start && new TrainerPool(start);
  try {
    const prepared = await prepareSweep({ project, engine, pool }, trainings, limits, signal, onProgress);
    if (dryRun || trainings.length === 0) return { runs: [], forecast: prepared.total };
    const { scheduled, capacity } = prepared;
    const progress = new SweepProgress(trainings, scheduled, prepared, onProgress);
    const parallel = capacity.slots[engine.id] ?? 1;
    const runner = pool && parallel > 1 ? runnerInProcesses(pool) : runnerHere(engine);
    const runs = await runSweep(trainings, scheduled, {
      project,
      runnerOn: () => runner,
      capacity,
      deviceVersion: (threads) => (parallel > 1 ? besideVersion(threads, 1) : engine.version),
      show: show && progress.examples(show),
      signal,
      listener: progress,
      onTimed: (index, threads, beside, { history }) => {
        const { network, recipe } = trainings[index]?.planned ?? {};
        if (!network || !recipe) return;
        const version = parallel > 1 ? besideVersion(threads, beside) : engine.version;
        recordStepTiming(
          project,
          { engine: version, network, crop: recipe.crop, batch: recipe.batch },
          history,
        );
      },
    });
    return { runs, forecast: prepared.total };
  } finally {
    await pool?.end();
  }
}
