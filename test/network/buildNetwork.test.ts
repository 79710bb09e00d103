import '@tensorflow/tfjs-backend-cpu';
import { util, randomNormal, setBackend, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { NETWORK_FAMILIES } from '#common/network/network.ts';
import { buildNetwork, restoreNetwork } from '../../src-main/network/buildNetwork.ts';
import { convolutionCount, sizeMultiple } from '../../src-main/network/describeNetwork.ts';
import { modelWeights, setModelWeights } from '../../src-main/network/modelWeights.ts';
import { networkCost } from '../../src-main/network/networkCost.ts';
import { specOf } from './networkSpecs.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

const FACTORS = [1, 1 / 2, 1 / 4, 1 / 8];
const cases = NETWORK_FAMILIES.flatMap((family) => FACTORS.map((factor) => ({ family, factor })));

describe('buildNetwork', () => {
  it.each(cases)(
    'gives $family at factor $factor the parameters that its cost names',
    ({ family, factor }) => {
      const spec = specOf(family, { width: 8, factor });
      const model = buildNetwork(spec, 1);
      const trainable = model.trainableWeights.reduce(
        (sum, { shape }) => sum + util.sizeFromShape(shape.map(Number)),
        0,
      );
      expect(trainable).toBe(networkCost(spec, 64, 64).parameters);
      model.dispose();
    },
  );

  it.each(NETWORK_FAMILIES)(
    'lets %s map any size that its poolings divide to logits of that size',
    (family) => {
      const model = buildNetwork(specOf(family, { width: 2 }), 1);
      const side = sizeMultiple(family);
      tidy(() => {
        const logits = model.predict(randomNormal([1, side, 2 * side, 3])) as Tensor;
        expect(logits.shape).toEqual([1, side, 2 * side, 2]);
      });
      model.dispose();
    },
  );

  it.each(NETWORK_FAMILIES)('gives %s one filter count per entry of a per-layer factor', (family) => {
    const count = convolutionCount(family);
    const factor = Array.from({ length: count }, (_, i) => (i === 1 ? 0.25 : 1));
    const model = buildNetwork(specOf(family, { width: 4, factor }), 1);
    const kernels = modelWeights(model).filter(({ name }) => name.endsWith('conv2/kernel'));
    expect(kernels[0]?.shape).toEqual([3, 3, 4, 1]);
    model.dispose();
  });

  it('draws equal weights from equal seeds, other weights from other seeds, and another kernel in every layer', () => {
    const [first, same, other] = [5, 5, 6].map((seed) => {
      const model = buildNetwork(specOf('unet', { width: 2 }), seed);
      const weights = modelWeights(model);
      model.dispose();
      return weights;
    });
    expect(same).toEqual(first);
    expect(other).not.toEqual(first);
    const heads = first?.filter(({ name }) => name.endsWith('kernel')).map(({ data }) => data[0]);
    expect(new Set(heads).size).toBe(heads?.length);
  });

  it('draws He-normal kernels: variance 2 / fan-in, truncated at two deviations', () => {
    const model = buildNetwork(specOf('unet', { width: 32 }), 3);
    const kernel = modelWeights(model).find(({ name }) => name === 'down3_conv2/kernel');
    const values = [...(kernel?.data ?? [])];
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
    // A normal distribution cut at two deviations has 0.8796 of its deviation left.
    expect(deviation).toBeCloseTo(0.8796 * Math.sqrt(2 / (9 * 128)), 3);
    model.dispose();
  });

  it('upsamples bilinearly before any training', () => {
    const model = buildNetwork(specOf('fcn8s', { width: 1 }), 3);
    const kernel = modelWeights(model).find(({ name }) => name === 'upscore_fc7/kernel');
    const row = [0.25, 0.75, 0.75, 0.25];
    const expected = row.flatMap((y) => row.flatMap((x) => [x * y, 0, 0, x * y]));
    expect([...(kernel?.data ?? [])]).toEqual(expected);
    model.dispose();
  });

  it.each(NETWORK_FAMILIES)('restores %s from its stored weights', (family) => {
    const spec = specOf(family, { width: 2 });
    const source = buildNetwork(spec, 1);
    const restored = restoreNetwork(spec, modelWeights(source));
    expect(modelWeights(restored)).toEqual(modelWeights(source));
    source.dispose();
    restored.dispose();
  });

  it('takes back the weights that it gave, and refuses those of another network', () => {
    const source = buildNetwork(specOf('unet', { width: 2 }), 1);
    const target = buildNetwork(specOf('unet', { width: 2 }), 2);
    const wider = buildNetwork(specOf('unet', { width: 3 }), 2);
    setModelWeights(target, modelWeights(source));
    expect(modelWeights(target)).toEqual(modelWeights(source));
    expect(() => setModelWeights(wider, modelWeights(source))).toThrow(
      /down1_conv1\/kernel has shape \[3,3,3,3\]/,
    );
    [source, target, wider].forEach((model) => model.dispose());
  });
});
