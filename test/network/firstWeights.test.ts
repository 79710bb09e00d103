import { describe, expect, it } from 'vitest';
import { networkWeights } from '#common/network/layerWeights.ts';
import { NETWORK_FAMILIES } from '#common/network/network.ts';
import { Random } from '#common/random.ts';
import { describeNetwork } from '../../src-main/network/describeNetwork.ts';
import { firstWeights } from '../../src-main/network/firstWeights.ts';
import { truncatedNormal } from '../../src-main/network/truncatedNormal.ts';
import { specOf } from './networkSpecs.ts';

const mean = (values: ArrayLike<number>, of = (value: number) => value): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i] ?? NaN);
  return sum / values.length;
};

describe('truncatedNormal', () => {
  const random = Random.fromSeed(1);
  const values = Float64Array.from({ length: 400_000 }, () => truncatedNormal(random));

  it('has the mean, the variance and the fourth moment of a normal distribution cut at two deviations', () => {
    // Closed forms, with the density phi at 2 and the share 0.9545 within 2: variance 1 - 4 phi / share, fourth moment 3 - 28 phi / share.
    const ratio = Math.exp(-2) / Math.sqrt(2 * Math.PI) / 0.954499736;
    expect(mean(values)).toBeCloseTo(0, 2);
    expect(mean(values, (x) => x ** 2)).toBeCloseTo(1 - 4 * ratio, 2);
    expect(mean(values, (x) => x ** 4)).toBeCloseTo(3 - 28 * ratio, 1);
  });

  it('has the share of values within one deviation, and none beyond two', () => {
    expect(mean(values, (x) => (Math.abs(x) < 1 ? 1 : 0))).toBeCloseTo(0.682689492 / 0.954499736, 2);
    expect(mean(values, (x) => (Math.abs(x) > 2 ? 1 : 0))).toBe(0);
  });
});

describe('firstWeights', () => {
  const unet = describeNetwork(specOf('unet', { width: 32 }));
  const kernelOf = (name: string) =>
    firstWeights(unet, 3).find((weight) => weight.name === `${name}/kernel`)?.data ?? [];

  it.each([
    { name: 'down3_conv2', inputs: 9 * 128 },
    // Keras counts the output's channels of a transposed convolution.
    { name: 'up4_transposed', inputs: 4 * 256 },
  ])(
    'draws the kernel of $name He-normal: variance 2 / fan-in, cut at two deviations',
    ({ name, inputs }) => {
      const kernel = kernelOf(name);
      const deviation = Math.sqrt(2 / inputs);
      expect(mean(kernel) / deviation).toBeCloseTo(0, 2);
      expect(Math.sqrt(mean(kernel, (w) => w * w)) / deviation).toBeCloseTo(0.8796, 2);
      expect(mean(kernel, (w) => (Math.abs(w) > 2 * deviation ? 1 : 0))).toBe(0);
    },
  );

  it('draws the same numbers on every machine', () => {
    const [first] = firstWeights(describeNetwork(specOf('unet', { width: 1 })), 1);
    expect([...(first?.data.subarray(0, 4) ?? [])]).toEqual([
      0.5272312760353088, -0.05387333035469055, -0.4681074023246765, 0.014853598549962044,
    ]);
  });

  it('draws equal weights from equal seeds, other weights from other seeds, and another kernel in every layer', () => {
    const layers = describeNetwork(specOf('unet', { width: 2 }));
    const [first, same, other] = [5, 5, 6].map((seed) => firstWeights(layers, seed));
    expect(same).toEqual(first);
    expect(other).not.toEqual(first);
    const heads = first?.filter(({ name }) => name.endsWith('kernel')).map(({ data }) => data[0]);
    expect(new Set(heads).size).toBe(heads?.length);
  });

  it('leaves batch norm and biases without effect', () => {
    const constants = { bias: 0, gamma: 1, beta: 0, moving_mean: 0, moving_variance: 1 };
    const layers = describeNetwork(specOf('cumedvision', { width: 1 }));
    const roles = new Map(networkWeights(layers).map(({ name, role }) => [name, role]));
    for (const { name, data } of firstWeights(layers, 1)) {
      const role = roles.get(name) ?? 'kernel';
      if (role !== 'kernel') expect(new Set(data)).toEqual(new Set([constants[role]]));
    }
  });

  it('upsamples bilinearly before any training', () => {
    const weights = firstWeights(describeNetwork(specOf('fcn8s', { width: 1 })), 3);
    const row = [0.25, 0.75, 0.75, 0.25];
    const expected = row.flatMap((y) => row.flatMap((x) => [x * y, 0, 0, x * y]));
    expect([...(weights.find(({ name }) => name === 'upscore_fc7/kernel')?.data ?? [])]).toEqual(expected);
  });

  it.each(NETWORK_FAMILIES)('gives %s its output bias once, and every tensor its shape', (family) => {
    const layers = describeNetwork(specOf(family, { width: 1 }));
    const weights = firstWeights(layers, 1, [0, -1.5]);
    expect(weights.filter(({ data }) => data.at(-1) === -1.5)).toHaveLength(1);
    expect(weights.map(({ name, shape }) => ({ name, shape }))).toEqual(
      networkWeights(layers).map(({ name, shape }) => ({ name, shape })),
    );
    for (const { shape, data } of weights) expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
  });
});
