import type { NetworkSpec } from '#common/network/network.ts';
import { baseFilters, describeNetwork } from './describeNetwork.ts';
import { trainableWeights } from '#common/network/layerWeights.ts';

/** "uniform": every convolution alike; "flat": the deep, wide convolutions shrink hardest, down to one common width. */
export const LAYERWISE_RULES = ['uniform', 'flat'] as const;
export type LayerwiseRule = (typeof LAYERWISE_RULES)[number];

/**
 * The factor by which a rule spends the parameters that the uniform factor `alpha` would have. "flat" gives every
 * convolution the same number of filters (never more than it has at factor 1): the largest number at which the network
 * has no more parameters than the uniform one, as far as one filter per convolution allows (after Lean U-Net, arXiv
 * 2512.03834, which found flat widths better than the pyramid at equal parameters).
 * @param alpha in (0, 1]
 */
export function layerwiseFactor(
  spec: Omit<NetworkSpec, 'factor'>,
  alpha: number,
  rule: LayerwiseRule,
): NetworkSpec['factor'] {
  if (rule === 'uniform') return alpha;
  const base = baseFilters(spec.family, spec.width);
  const flat = (filters: number) => base.map((most) => Math.min(1, filters / most));
  const budget = parametersOf({ ...spec, factor: alpha });
  let filters = 1;
  while (filters < Math.max(...base) && parametersOf({ ...spec, factor: flat(filters + 1) }) <= budget)
    filters += 1;
  return flat(filters);
}

function parametersOf(spec: NetworkSpec): number {
  return describeNetwork(spec).reduce((sum, layer) => sum + trainableWeights(layer), 0);
}
