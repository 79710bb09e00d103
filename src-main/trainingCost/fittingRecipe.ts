import type { FactsOf } from '#common/failures/failures.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';

const LEAST_CROP = 32;
const LEAST_FACTOR = 1 / 64;

/** Ways to make a training fit, each alone; null where halving does not suffice. */
export type FittingRecipe = FactsOf<'memory-insufficient'>['fitting'];

/** Bytes that a training needs. */
export type MemoryOf = (network: NetworkSpec, recipe: TrainingRecipe) => number;

/** The largest batch, crop and factor, each by halving it, with which a training fits into `bytes`. */
export function fittingRecipe(
  network: NetworkSpec,
  recipe: TrainingRecipe,
  bytes: number,
  memoryOf: MemoryOf,
): FittingRecipe {
  const fits = (changes: Partial<TrainingRecipe>, spec = network): boolean =>
    memoryOf(spec, { ...recipe, ...changes }) <= bytes;
  const batches = halvings(recipe.batch, (batch) => batch >= 1);
  // Every family takes multiples of 32.
  const crops = halvings(recipe.crop, (crop) => crop >= LEAST_CROP && crop % LEAST_CROP === 0);
  const batch = batches.find((smaller) => fits({ batch: smaller }));
  const crop = crops.find((smaller) => fits({ crop: smaller }));
  const { factor } = network;
  const smaller = halvings(factor, (value) => value >= LEAST_FACTOR, false).find((value) =>
    fits({}, { ...network, factor: value }),
  );
  const least = batches.at(-1);
  const both =
    batch === undefined && crop === undefined && least !== undefined
      ? crops.find((side) => fits({ batch: least, crop: side }))
      : undefined;
  return {
    batch: batch ?? null,
    crop: crop ?? null,
    factor: smaller ?? null,
    both: both !== undefined && least !== undefined ? { batch: least, crop: both } : null,
  };
}

/** The halves, quarters, ... of a value, largest first, down to the last that is allowed. */
function halvings(value: number, allowed: (value: number) => boolean, whole = true): number[] {
  const half = whole ? Math.floor(value / 2) : value / 2;
  return half > 0 && allowed(half) ? [half, ...halvings(half, allowed, whole)] : [];
}
