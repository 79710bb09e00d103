import { throwIfCancelled } from '#common/errors.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { OnProgress } from '#contract/progress.ts';
import { stepAddon } from '../../engine/compiled/stepAddon.ts';
import { nativeVersion } from '../../engine/openNative.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { networkCost } from '../../network/networkCost.ts';
import type { Project } from '../../project/project.ts';
import { fitStepCost, stepMilliseconds, type StepCost } from '../../trainingCost/fitStepCost.ts';
import type { ThreadCosts } from '../../trainingCost/threadScaling.ts';
import { measureStepCost } from '../prediction/measureStepCost.ts';
import type { Trainer } from './trainer.ts';
import type { TrainerPool } from './trainerPool.ts';

interface Measured {
  readonly networks: readonly NetworkSpec[];
  readonly recipe: TrainingRecipe;
}

const COUNTED_SIDE = 32;
const TRIES = 3;

/** What steps are stored under that were measured while so many trainings ran side by side, each with so many threads. */
export function besideVersion(threads: number, beside: number): string {
  return beside > 1 ? `${nativeVersion(threads)}, ${beside} side by side` : nativeVersion(threads);
}

/** The cost of training steps here with each of some numbers of threads; what is not known yet is measured now, and kept in the project. */
export async function measureThreads(
  { project, engine }: { readonly project: Project; readonly engine: Engine },
  counts: readonly number[],
  { networks, recipe }: Measured,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ThreadCosts> {
  const addon = stepAddon();
  const before = addon.threadCount();
  const costs = new Map<number, StepCost>();
  try {
    for (const threads of counts) {
      addon.setThreadCount(threads);
      const one = { ...engine, version: nativeVersion(threads) };
      const cost = await measureStepCost(project, one, networks, recipe, signal, onProgress);
      if (cost) costs.set(threads, cost);
    }
  } finally {
    addon.setThreadCount(before);
  }
  return costs;
}

/**
 * How much longer a step on one thread takes while as many others run beside it as the sweep may have, which share caches and memory with
 * it: measured once in as many processes, and kept in the project; trainings that ran side by side add to it.
 * @returns 1 or more
 */
export async function measureBeside(
  {
    project,
    pool,
    beside,
  }: { readonly project: Project; readonly pool: TrainerPool; readonly beside: number },
  { networks, recipe }: Measured,
  costs: ThreadCosts,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<number> {
  const alone = costs.get(1);
  const network = middle(networks);
  if (!alone || !network) return 1;
  const engine = besideVersion(1, beside);
  const known = (): StepCost | null =>
    fitStepCost(project.measurements.stepTimings().filter((timing) => timing.engine === engine));
  if (!known()) {
    onProgress({
      stage: `Measuring training steps of ${beside} trainings side by side`,
      done: 0,
      total: 1,
      unit: 'measurements',
      secondsLeft: null,
    });
    const { crop, batch } = recipe;
    const slowdown = await slowdownInAll(pool, beside, { network, recipe }, signal);
    const milliseconds = slowdown * stepMilliseconds(alone, { network, crop, batch });
    const residentBytes = process.memoryUsage.rss();
    project.measurements.setStepTiming({ engine, network, crop, batch, milliseconds, residentBytes });
  }
  const together = known();
  const { crop, batch } = recipe;
  const step = { network, crop, batch };
  return together ? Math.max(1, stepMilliseconds(together, step) / stepMilliseconds(alone, step)) : 1;
}

/** How many times as long a step takes in as many processes at a time as in one of them alone; the least of some tries, since others compute, too. */
async function slowdownInAll(
  pool: TrainerPool,
  beside: number,
  { network, recipe }: { readonly network: NetworkSpec; readonly recipe: TrainingRecipe },
  signal: AbortSignal,
): Promise<number> {
  throwIfCancelled(signal, 'Measuring training steps');
  const trainers: Trainer[] = Array.from({ length: beside }, () => pool.take());
  const cancel = (): void => trainers.forEach((trainer) => trainer.cancel());
  signal.addEventListener('abort', cancel, { once: true });
  const measure = (some: readonly Trainer[]): Promise<number[]> =>
    Promise.all(some.map((trainer) => trainer.measure(network, recipe, 1)));
  try {
    // So that all have started and are warm when it counts.
    await measure(trainers);
    const tries: number[] = [];
    for (let i = 0; i < TRIES; i++) {
      // One after the other, because what else runs changes from second to second.
      const [alone = Number.NaN] = await measure(trainers.slice(0, 1));
      const together = await measure(trainers);
      tries.push(together.reduce((sum, time) => sum + time, 0) / together.length / alone);
    }
    return Math.min(...tries);
  } finally {
    signal.removeEventListener('abort', cancel);
    trainers.forEach((trainer) => pool.giveBack(trainer));
  }
}

function middle(networks: readonly NetworkSpec[]): NetworkSpec | undefined {
  const macs = (network: NetworkSpec): number => networkCost(network, COUNTED_SIDE, COUNTED_SIDE).macs;
  return [...networks].sort((a, b) => macs(a) - macs(b))[networks.length >> 1];
}
