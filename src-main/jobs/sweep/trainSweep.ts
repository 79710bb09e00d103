import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import type { ShowExamples } from '#contract/liveExample.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { Engine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import { recordStepTiming } from '../prediction/recordStepTiming.ts';
import { besideVersion } from './measureThreads.ts';
import type { SweepLimits } from './preparedSweep.ts';
import { prepareSweep } from './prepareSweep.ts';
import { runSweep } from './runSweep.ts';
import { SweepProgress } from './sweepProgress.ts';
import { runnerHere, runnerInProcesses } from './sweepRunner.ts';
import type { SweepTraining } from './sweepTraining.ts';
import { TrainerPool } from './trainerPool.ts';
import { trainerStarter } from './trainers.ts';

interface Surroundings {
  readonly project: Project;
  readonly engine: Engine;
  /** The processor, where it is to train beside a card; null where the engine does all. */
  readonly cores: Engine | null;
  readonly limits: SweepLimits;
  /** Only foretell. */
  readonly dryRun: boolean;
  readonly show: ShowExamples | undefined;
}

/**
 * Trains a sweep on this machine: side by side in processes of their own where that is faster, one after the other otherwise. A card's
 * trainings are computed in this process, those of the cores beside it in others.
 */
export async function trainSweep(
  { project, engine, cores, limits, dryRun, show }: Surroundings,
  trainings: readonly SweepTraining[],
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<{ readonly runs: CalibrationRun[]; readonly forecast: TrainingForecast | null }> {
  const start = trainerStarter();
  if (cores && !start) throw new Error('This process cannot start others, which the cores would train in.');
  const pool = start && new TrainerPool(start);
  try {
    const prepared = await prepareSweep(
      { project, engine, cores, pool },
      trainings,
      limits,
      signal,
      onProgress,
    );
    if (dryRun || trainings.length === 0) return { runs: [], forecast: prepared.total };
    const { scheduled, capacity } = prepared;
    const progress = new SweepProgress(trainings, scheduled, prepared, onProgress);
    const inProcesses = cores !== null || (capacity.slots.native ?? 1) > 1;
    const here = runnerHere(engine);
    const apart = pool && inProcesses ? runnerInProcesses(pool) : here;
    const versionOf = (index: number, threads: number, beside: number): string =>
      inProcesses && scheduled[index]?.device === 'native' ? besideVersion(threads, beside) : engine.version;
    const runs = await runSweep(trainings, scheduled, {
      project,
      runnerOn: (device) => (device === 'native' ? apart : here),
      capacity,
      deviceVersion: (index, threads) => versionOf(index, threads, 1),
      show: show && progress.examples(show),
      signal,
      listener: progress,
      onTimed: (index, threads, beside, { history }) => {
        const { network, recipe } = trainings[index]?.planned ?? {};
        if (!network || !recipe) return;
        const { crop, batch } = recipe;
        const version = versionOf(index, threads, beside);
        recordStepTiming(project, { engine: version, network, crop, batch }, history);
      },
    });
    return { runs, forecast: prepared.total };
  } finally {
    await pool?.end();
  }
}
