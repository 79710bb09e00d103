import { DEVICES } from '#common/device/deviceIds.ts';
import { DEVICE_WORDS } from '#common/device/deviceWords.ts';
import { counted } from '#common/format.ts';
import { forecastWords } from '#common/training/trainingForecast.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { ScheduledTraining, SweepCapacity } from '../../calibration/schedule/scheduledTraining.ts';
import { simulateSweep } from '../../calibration/schedule/simulateSweep.ts';
import { stepAddon } from '../../engine/compiled/stepAddon.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { availableMemory } from '../../trainingCost/availableMemory.ts';
import { requireMemory } from '../../trainingCost/requireMemory.ts';
import { measuredThreads } from '../../trainingCost/threadScaling.ts';
import type { TrainingLoad } from '../../trainingCost/trainingLoad.ts';
import { trainingMemory } from '../../trainingCost/trainingMemory.ts';
import type { Project } from '../../project/project.ts';
import { datasetLoad } from '../dataset/datasetLoad.ts';
import { forecastNetworks, type PlannedTraining } from '../prediction/forecastNetworks.ts';
import { totalForecast } from '../../trainingCost/forecastTraining.ts';
import { costsOnCores } from './costsOnCores.ts';
import { prepareBoth } from './prepareBoth.ts';
import type { PreparedSweep, SweepLimits, SweepMachine } from './preparedSweep.ts';
import type { SweepTraining } from './sweepTraining.ts';
import type { TrainerPool } from './trainerPool.ts';

/** A sweep that takes less is not worth the start of processes, in seconds. */
const WORTH_PROCESSES = 15;

/** Share of the time of one after the other that side by side must come below. */
const WORTH_SIDE_BY_SIDE = 0.97;

/**
 * Foretells a sweep, decides how many of its trainings run side by side, and reports both before anything is trained. Thread scaling is measured
 * the first time (some seconds) and kept in the project.
 * @throws memory-insufficient when one of the trainings will not find enough memory
 */
export async function prepareSweep(
  { project, engine, cores, pool }: SweepMachine,
  trainings: readonly SweepTraining[],
  limits: SweepLimits,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<PreparedSweep> {
  const planned = await loaded(project, trainings);
  const bytes = Math.min(limits.memory ?? Infinity, availableMemory());
  if (cores && pool) {
    const machine = { project, card: engine, cores, pool };
    const all = planned.map((one, i) => ({ ...one, after: afterOf(trainings[i]) }));
    const shared = await prepareBoth(machine, all, { parallel: limits.parallel, bytes }, signal, onProgress);
    if (shared) {
      tell(shared, trainings.length, onProgress);
      return shared;
    }
  }
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
  const costs = await costsOnCores({ project, engine, pool }, planned, most, signal, onProgress);
  if (!costs) return oneByOne;
  const { slowdown } = costs;
  const ofProcess = process.memoryUsage.rss();
  const scheduled = costs.each.map((one, i): ScheduledTraining => ({
    ...one,
    device: engine.id,
    after: afterOf(trainings[i]),
  }));
  const capacityOf = (parallel: number): SweepCapacity => ({
    threads,
    slots: { [engine.id]: parallel },
    bytes,
  });
  const fitting = fittingTogether(costs.each, bytes);
  const asked = limits.parallel === null ? measuredThreads(most) : [most];
  const choices = [...new Set(asked.map((parallel) => Math.min(parallel, fitting)))];
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

/** The most of them that find room in memory at a time; 1 at least. */
function fittingTogether(trainings: readonly Pick<ScheduledTraining, 'bytes'>[], bytes: number): number {
  const needs = trainings.map((training) => training.bytes).sort((a, b) => a - b);
  let taken = 0;
  let count = 0;
  for (const need of needs) {
    taken += need;
    if (taken > bytes) break;
    count += 1;
  }
  return Math.max(1, count);
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

const afterOf = (training: SweepTraining | undefined): number | null =>
  typeof training?.teacher === 'number' ? training.teacher : null;

/** What fits the one that needs most fits them all. */
function requireMemoryFor(trainings: readonly PlannedTraining[], available: number): void {
  const needs = trainings.map(({ network, recipe, load }) => trainingMemory(network, recipe, load));
  const neediest = trainings[needs.indexOf(Math.max(...needs))];
  if (neediest) requireMemory(neediest.network, neediest.recipe, neediest.load, available);
}

function tell(prepared: PreparedSweep, networks: number, onProgress: OnProgress): void {
  const { total } = prepared;
  if (!total) return;
  onProgress({
    stage: `Training ${counted(networks, 'network')}${whereWords(prepared)} takes ${forecastWords(total)}`,
    done: 0,
    total: networks,
    unit: 'networks',
    secondsLeft: total.seconds,
  });
}

/** How many run side by side, and which device gets how many where two of them share a sweep. */
function whereWords({ scheduled, capacity: { slots } }: PreparedSweep): string {
  const { native = 0 } = slots;
  const card = DEVICES.find((id) => id !== 'native' && slots[id] !== undefined);
  const atATime = native > 1 ? `, ${native} side by side` : '';
  if (card === undefined || native === 0) return atATime && `${atATime},`;
  const onCard = scheduled.filter(({ device }) => device === card).length;
  const onCores = scheduled.length - onCard;
  if (onCard === 0)
    return `, all on the processor, because ${DEVICE_WORDS[card]} would not make it faster${atATime},`;
  if (onCores === 0)
    return `, all on ${DEVICE_WORDS[card]}, because the processor beside it would not make it faster,`;
  return `, ${onCard} on ${DEVICE_WORDS[card]} and ${onCores} on the processor${atATime},`;
}
