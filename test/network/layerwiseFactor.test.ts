import { describe, expect, it } from 'vitest';
import { NETWORK_FAMILIES } from '#common/network/network.ts';
import { baseFilters, describeNetwork } from '../../src-main/network/describeNetwork.ts';
import { layerwiseFactor } from '../../src-main/network/layerwiseFactor.ts';
import { networkCost } from '../../src-main/network/networkCost.ts';
import { specOf } from './networkSpecs.ts';

const ALPHAS = [1 / 4, 1 / 8, 1 / 16];
const cases = NETWORK_FAMILIES.flatMap((family) => ALPHAS.map((alpha) => ({ family, alpha })));

describe('layerwiseFactor', () => {
  it.each(cases)(
    'gives $family at $alpha one width that uses up the parameters, but not more',
    ({ family, alpha }) => {
      const factor = layerwiseFactor(specOf(family), alpha, 'flat') as number[];
      const filters = factor.map((entry, i) => entry * (baseFilters(family, 64)[i] ?? 0));
      const width = Math.max(...filters);
      filters.forEach((count, i) =>
        expect(count).toBeCloseTo(Math.min(width, baseFilters(family, 64)[i] ?? 0), 9),
      );
      const parameters = (changed: number[]) =>
        networkCost(specOf(family, { factor: changed }), 64, 64).parameters;
      const budget = networkCost(specOf(family, { factor: alpha }), 64, 64).parameters;
      expect(parameters(factor)).toBeLessThanOrEqual(budget);
      const wider = baseFilters(family, 64).map((most) => Math.min(1, (width + 1) / most));
      expect(parameters(wider)).toBeGreaterThan(budget);
    },
  );

  it('describes whole filters', () => {
    const spec = specOf('unet', { factor: layerwiseFactor(specOf('unet'), 1 / 32, 'flat') });
    const widths = describeNetwork(spec).filter(({ name }) => /conv\d$|transposed$/.test(name));
    expect(new Set(widths.map(({ channels }) => channels))).toEqual(new Set([12]));
  });

  it('leaves a uniform factor a number', () => {
    expect(layerwiseFactor(specOf('unet'), 1 / 8, 'uniform')).toBe(1 / 8);
  });
});
