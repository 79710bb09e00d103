import { forecastWords, type TrainingForecast } from '#common/training/trainingForecast.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { ScheduledTraining, SweepCapacity } from '../../calibration/schedule/scheduledTraining.ts';
import { simulateSweep } from '../../calibration/schedule/simulateSweep.ts';
import { stepAddon } from '../../engine/compiled/stepAddon.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { availableMemory } from '../../trainingCost/availableMemory.ts';
import { requireMemory } from '../../trainingCost/requireMemory.ts';
import { measuredThreads, secondsByThreads, type ThreadCosts } from '../../trainingCost/threadScaling.ts';
import type { TrainingLoad } from '../../trainingCost/trainingLoad.ts';
import { trainingMemory } from '../../trainingCost/trainingMemory.ts';
import type { Project } from '../../project/project.ts';
import { datasetLoad } from '../dataset/datasetLoad.ts';
import { forecastNetworks, type PlannedTraining } from '../prediction/forecastNetworks.ts';
import { totalForecast } from '../../trainingCost/forecastTraining.ts';
import { measureBeside, measureThreads } from './measureThreads.ts';
import type { SweepTraining } from './sweepTraining.ts';
import type { TrainerPool } from './trainerPool.ts';

/** A sweep that takes less is not worth the start of processes, in seconds. */
const WORTH_PROCESSES = 15;

/** Share of the time of one after the other that side by side must come below. */
const WORTH_SIDE_BY_SIDE = 0.97;

/** What the user says of how much of the machine a sweep may have. */
export interface SweepLimits {
  /** Most trainings side by side; null for as many as the machine makes faster. */
  readonly parallel: number | null;
  /** Most bytes of all trainings together; null for what is free. */
  readonly memory: number | null;
}

/** What is known of a sweep before it begins. */
export interface PreparedSweep {
  readonly scheduled: readonly ScheduledTraining[];
  readonly capacity: SweepCapacity;
  /** How much longer trainings take while others run beside them. */
  readonly slowdown: number;
  /** What it takes; null when nothing is to be trained, or nothing could be measured. */
  readonly total: TrainingForecast | null;
}

/**
 * Foretells a sweep, decides how many of its trainings run side by side, and reports both before anything is trained. Thread scaling is measured
 * the first time (some seconds) and kept in the project.
 * @param pool where trainings can run beside each other; null where there is no such way
 * @throws memory-insufficient when one of the trainings will not find enough memory
 */
export async function prepareSweep(
  { project, engine, pool }: { project: Project; engine: Engine; pool: TrainerPool | null },
  trainings: readonly SweepTraining[],
  limits: SweepLimits,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<PreparedSweep> {
  const planned = await loaded(project, trainings);
  const bytes = Math.min(limits.memory ?? Infinity, availableMemory());
  if (engine.id === 'native') requireMemoryFor(planned, bytes);
  const forecasts = await forecastNetworks(project, engine, planned, signal, onProgress);
  const known = forecasts.filter((forecast) => forecast !== null);
  const alone = known.length > 0 ? totalForecast(known) : null;
  const oneByOne: PreparedSweep = {
    scheduled: trainings.map((training, i) => ({
      device: engine.id,
      bytes: 0,
      after: afterOf(training),
      seconds: () => forecasts[i]?.seconds ?? 0,
    })),
    capacity: { threads: stepAddon().threadCount(), slots: { [engine.id]: 1 }, bytes },
    slowdown: 1,
    total: alone,
  };
  const most = Math.min(limits.parallel ?? Infinity, stepAddon().threadCount(), trainings.length);
  const worthIt = limits.parallel !== null || (alone?.seconds ?? 0) >= WORTH_PROCESSES;
  const prepared =
    pool && engine.id === 'native' && alone && most > 1 && worthIt
      ? await sideBySide(
          { project, engine, pool },
          { trainings, planned, oneByOne, most },
          limits,
          signal,
          onProgress,
        )
      : oneByOne;
  tell(prepared, trainings.length, onProgress);
  return prepared;
}

async function sideBySide(
  { project, engine, pool }: { project: Project; engine: Engine; pool: TrainerPool },
  sweep: {
    readonly trainings: readonly SweepTraining[];
    readonly planned: readonly PlannedTraining[];
    readonly oneByOne: PreparedSweep;
    readonly most: number;
  },
  limits: SweepLimits,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<PreparedSweep> {
  const { planned, oneByOne, trainings, most } = sweep;
  const { threads, bytes } = oneByOne.capacity;
  const networks = planned.map(({ network }) => network);
  const recipe = planned[0]?.recipe;
  if (!recipe) return oneByOne;
  const costs: ThreadCosts = await measureThreads(
    { project, engine },
    measuredThreads(threads),
    { networks, recipe },
    signal,
    onProgress,
  );
  const slowdown = await measureBeside(
    { project, pool, beside: most },
    { networks, recipe },
    costs,
    signal,
    onProgress,
  );
  const ofProcess = process.memoryUsage.rss();
  const scheduled = planned.map(({ network, recipe: its, load }, i): ScheduledTraining => ({
    device: engine.id,
    bytes: ofProcess + trainingMemory(network, its, load),
    after: trainings[i] ? afterOf(trainings[i]) : null,
    seconds: remembered(secondsByThreads(costs, network, its, load)),
  }));
  const capacityOf = (parallel: number): SweepCapacity => ({
    threads,
    slots: { [engine.id]: parallel },
    bytes,
  });
  const choices = limits.parallel === null ? measuredThreads(most) : [most];
  const expected = choices.map((parallel) => ({
    parallel,
    seconds: simulateSweep(scheduled, capacityOf(parallel), undefined, parallel > 1 ? slowdown : 1),
  }));
  const best = expected.reduce((first, other) => (other.seconds < first.seconds ? other : first));
  const [single] = expected;
  const gains = !single || single.parallel > 1 || best.seconds < WORTH_SIDE_BY_SIDE * single.seconds;
  if (best.parallel === 1 || !gains || !oneByOne.total) return oneByOne;
  const { seconds, low, high } = oneByOne.total;
  const largest = scheduled.map((training) => training.bytes).sort((a, b) => b - a);
  const peak = largest.slice(0, best.parallel).reduce((sum, one) => sum + one, 0);
  return {
    scheduled,
    capacity: capacityOf(best.parallel),
    slowdown,
    total: {
      seconds: best.seconds,
      low: (best.seconds * low) / seconds,
      high: (best.seconds * high) / seconds,
      peakBytes: ofProcess + Math.min(Math.max(bytes, largest[0] ?? 0), peak),
    },
  };
}

async function loaded(project: Project, trainings: readonly SweepTraining[]): Promise<PlannedTraining[]> {
  const loads = new Map<number, TrainingLoad>();
  const planned: PlannedTraining[] = [];
  for (const {
    planned: { dataset, network, recipe },
  } of trainings) {
    const { record } = dataset;
    const load = loads.get(record.id) ?? (await datasetLoad(project, record, recipe.workingSide));
    loads.set(record.id, load);
    planned.push({ network, recipe, load });
  }
  return planned;
}

const afterOf = ({ teacher }: SweepTraining): number | null => (typeof teacher === 'number' ? teacher : null);

/** What fits the one that needs most fits them all. */
function requireMemoryFor(trainings: readonly PlannedTraining[], available: number): void {
  const needs = trainings.map(({ network, recipe, load }) => trainingMemory(network, recipe, load));
  const neediest = trainings[needs.indexOf(Math.max(...needs))];
  if (neediest) requireMemory(neediest.network, neediest.recipe, neediest.load, available);
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

function tell({ total, capacity }: PreparedSweep, networks: number, onProgress: OnProgress): void {
  if (!total) return;
  const parallel = Math.max(...Object.values(capacity.slots));
  const beside = parallel > 1 ? `, ${parallel} side by side,` : '';
  onProgress({
    stage: `Training ${networks} ${networks === 1 ? 'network' : 'networks'}${beside} takes ${forecastWords(total)}`,
    done: 0,
    total: networks,
    unit: 'networks',
    secondsLeft: total.seconds,
  });
}
