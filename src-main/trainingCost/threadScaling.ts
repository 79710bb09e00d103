import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { StepCost } from './fitStepCost.ts';
import type { TrainingLoad } from './trainingLoad.ts';
import { trainingSeconds } from './trainingSeconds.ts';

/** The cost of training steps on one machine by the number of threads that they were measured with. */
export type ThreadCosts = ReadonlyMap<number, StepCost>;

/** Numbers of threads at which steps are measured: 1, 2, 4, ... and all of them. */
export function measuredThreads(all: number): number[] {
  const powers: number[] = [];
  for (let threads = 1; threads < all; threads *= 2) powers.push(threads);
  return [...powers, all];
}

/**
 * Expected seconds of a training as a function of its threads. Between two measured numbers its speed grows evenly; beyond the
 * largest one it is no faster, and no number of threads is slower than a smaller one: the threads that do not help are not used.
 */
export function secondsByThreads(
  costs: ThreadCosts,
  network: NetworkSpec,
  recipe: TrainingRecipe,
  load: TrainingLoad,
): (threads: number) => number {
  const speeds = [...costs]
    .sort(([a], [b]) => a - b)
    .map(([threads, cost]) => ({ threads, speed: 1 / trainingSeconds(cost, network, recipe, load) }));
  return (threads) => 1 / Math.max(Number.MIN_VALUE, speedAt(speeds, threads));
}

function speedAt(speeds: readonly { threads: number; speed: number }[], threads: number): number {
  let best = 0;
  let before = { threads: 0, speed: 0 };
  for (const at of speeds) {
    if (at.threads >= threads) {
      const share = (threads - before.threads) / (at.threads - before.threads);
      return Math.max(best, before.speed + share * (at.speed - before.speed));
    }
    best = Math.max(best, at.speed);
    before = at;
  }
  return best;
}
