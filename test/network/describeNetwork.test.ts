import { describe, expect, it } from 'vitest';
import { NETWORK_FAMILIES } from '#common/network/network.ts';
import { layerSchema } from '#common/network/layerSchema.ts';
import { describeNetwork } from '../../src-main/network/describeNetwork.ts';
import { specOf } from './networkSpecs.ts';

describe.each(NETWORK_FAMILIES)('the layer table of %s', (family) => {
  it('has its filters multiplied by the factor, and one at least', () => {
    const layers = describeNetwork(specOf(family, { width: 4, factor: 1 / 8 }));
    const counted = layers.filter(({ kind }) => kind === 'convolution').map(({ channels }) => channels);
    expect(counted.slice(0, 3)).toEqual([1, 1, 1]);
    expect(Math.max(...counted)).toBeGreaterThanOrEqual(8);
  });

  it('names every layer once, after those that it reads', () => {
    const known = new Set<string>();
    for (const { name, inputs } of describeNetwork(specOf(family))) {
      expect(known).not.toContain(name);
      for (const input of inputs) expect(known).toContain(input);
      known.add(name);
    }
  });

  it('crosses a process border as it is', () => {
    const layers = describeNetwork(specOf(family));
    expect(layers.map((layer) => layerSchema.parse(structuredClone(layer)))).toEqual(layers);
  });
});
