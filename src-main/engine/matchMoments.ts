import type { NamedTensor } from '#common/training/training.ts';

/** Adam's state as a step takes it up: steps made, and both moments of each weight. */
export interface AdamState {
  readonly steps: number;
  readonly moments: readonly (readonly [first: Float32Array, second: Float32Array])[];
}

/**
 * Finds Adam's state among stored tensors: "WEIGHT/m" and "WEIGHT/v" of each weight, and "step".
 * @param weights names of the trainable weights, in the order in which their moments are returned
 * @throws Error when one is missing
 */
export function matchMoments(weights: readonly string[], state: readonly NamedTensor[]): AdamState {
  const byName = new Map(state.map(({ name, data }) => [name, data]));
  const find = (name: string): Float32Array => {
    const data = byName.get(name);
    if (!data) throw new Error(`The optimiser's state has no "${name}".`);
    return data;
  };
  return {
    moments: weights.map((name) => [find(`${name}/m`), find(`${name}/v`)] as const),
    steps: find('step')[0] ?? 0,
  };
}
