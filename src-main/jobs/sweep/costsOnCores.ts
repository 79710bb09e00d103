import type { OnProgress } from '#contract/progress.ts';
import type { ScheduledTraining } from '../../calibration/schedule/scheduledTraining.ts';
import { stepAddon } from '../../engine/compiled/stepAddon.ts';
import type { Engine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import { measuredThreads, secondsByThreads } from '../../trainingCost/threadScaling.ts';
import { trainingMemory } from '../../trainingCost/trainingMemory.ts';
import type { PlannedTraining } from '../prediction/forecastNetworks.ts';
import { measureBeside, measureThreads } from './measureThreads.ts';
import type { TrainerPool } from './trainerPool.ts';

/** What trainings take on the processor, each in a process of its own. */
export interface CoresCosts {
  /** In the order of the trainings. */
  readonly each: readonly Pick<ScheduledTraining, 'seconds' | 'bytes'>[];
  /** How much longer they take while others run beside them. */
  readonly slowdown: number;
  /** Real durations lie between expected / (1 + spread) and expected * (1 + spread) about nine times in ten. */
  readonly spread: number;
}

/**
 * What each training takes by its threads: measured the first time (some seconds), and kept in the project.
 * @param engine native
 * @param most trainings that may run side by side
 */
export async function costsOnCores(
  { project, engine, pool }: { project: Project; engine: Engine; pool: TrainerPool },
  planned: readonly PlannedTraining[],
  most: number,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<CoresCosts | null> {
  const networks = planned.map(({ network }) => network);
  const recipe = planned[0]?.recipe;
  if (!recipe) return null;
  const threads = stepAddon().threadCount();
  const costs = await measureThreads(
    { project, engine },
    measuredThreads(threads),
    { networks, recipe },
    signal,
    onProgress,
  );
  const beside = { project, pool, beside: most };
  const slowdown =
    most > 1 ? await measureBeside(beside, { networks, recipe }, costs, signal, onProgress) : 1;
  const ofProcess = process.memoryUsage.rss();
  return {
    each: planned.map(({ network, recipe: its, load }) => ({
      bytes: ofProcess + trainingMemory(network, its, load),
      seconds: remembered(secondsByThreads(costs, network, its, load)),
    })),
    slowdown,
    spread: costs.get(threads)?.spread ?? 0,
  };
}

/** The scheduler asks the same again and again. */
function remembered(seconds: (threads: number) => number): (threads: number) => number {
  const known = new Map<number, number>();
  return (threads) => {
    const value = known.get(threads) ?? seconds(threads);
    known.set(threads, value);
    return value;
  };
}
