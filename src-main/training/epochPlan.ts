import type { Random } from '#common/random.ts';

/** One training crop to come: which sample, and the seed of everything random about it. */
export interface Draw {
  readonly index: number;
  readonly seed: number;
}

/**
 * Plans an epoch of `draws` crops: the samples in shuffled rounds, so that none is seen twice before all were seen
 * once. Each draw has a seed of its own; the crops are the same whatever order the files arrive in.
 */
export function epochPlan(length: number, draws: number, random: Random): Draw[] {
  const plan: Draw[] = [];
  while (plan.length < draws) {
    for (const index of shuffled(length, random)) {
      if (plan.length === draws) break;
      plan.push({ index, seed: random.word() });
    }
  }
  return plan;
}

/** Fisher-Yates. */
function shuffled(length: number, random: Random): number[] {
  const order = Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}
