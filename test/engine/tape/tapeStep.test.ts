import '@tensorflow/tfjs-backend-cpu';
import {
  memory,
  setBackend,
  tensor3d,
  tensor4d,
  tidy,
  valueAndGrad,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkFamily } from '#common/network/network.ts';
import type { Batch } from '../../../src-main/engine/trainingStep.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { firstWeights } from '../../../src-main/network/firstWeights.ts';
import { Random } from '#common/random.ts';
import { segmentationLoss } from '../../../src-main/engine/tape/segmentationLoss.ts';
import { TapeStep } from '../../../src-main/engine/tape/tapeStep.ts';
import { specOf } from '../../network/networkSpecs.ts';
import { stepOrder } from '../compiled/stepOrder.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

const WEIGHT = 1.7;

/** The loss as engine/trainingStep.ts writes it, in plain numbers. */
function plainLoss(logits: Float32Array, masks: Uint8Array): number {
  let [weighted, weights, overlap, marked, truth] = [0, 0, 0, 0, 0];
  for (const [i, y] of masks.entries()) {
    const d = (logits[2 * i + 1] ?? 0) - (logits[2 * i] ?? 0);
    const p = 1 / (1 + Math.exp(-d));
    const w = y === 1 ? WEIGHT : 1;
    weighted -= w * Math.log(y === 1 ? p : 1 - p);
    weights += w;
    overlap += p * y;
    marked += p;
    truth += y;
  }
  return weighted / weights + 1 - (2 * overlap + 1) / (marked + truth + 1);
}

function randomBatch(seed: number, side: number, size = 2): Batch {
  const random = Random.fromSeed(seed);
  const pixels = size * side * side;
  const masks = Uint8Array.from({ length: pixels }, () => (random.uniform() < 0.3 ? 1 : 0));
  const images = Float32Array.from(
    { length: pixels * 3 },
    (_, i) => random.between(-1, 1) + (masks[Math.floor(i / 3)] ?? 0),
  );
  return { size, height: side, width: side, channels: 3, images, masks };
}

describe('segmentationLoss', () => {
  const random = Random.fromSeed(1);
  const logits = Float32Array.from({ length: 2 * 3 * 4 * 2 }, () => random.between(-3, 3));
  const masks = Uint8Array.from({ length: 2 * 3 * 4 }, () => random.below(2));

  const run = () =>
    tidy(() => {
      const truth = tensor3d(masks, [2, 3, 4], 'int32');
      const loss = valueAndGrad((x: Tensor4D) => segmentationLoss(x, truth, { foregroundWeight: WEIGHT }));
      const { value, grad } = loss(tensor4d(logits, [2, 3, 4, 2]));
      return { value: value.dataSync()[0], gradient: Float32Array.from(grad.dataSync()) };
    });

  it('is the formula of the training step', () => {
    expect(run().value).toBeCloseTo(plainLoss(logits, masks), 5);
  });

  it('has the gradient that finite differences show', () => {
    const { gradient } = run();
    for (let i = 0; i < logits.length; i++) {
      const shifted = (by: number) =>
        plainLoss(
          Float32Array.from(logits, (v, j) => (j === i ? v + by : v)),
          masks,
        );
      expect(gradient[i]).toBeCloseTo((shifted(1e-3) - shifted(-1e-3)) / 2e-3, 4);
    }
  });

  it('stays finite at logits that no exponential survives', () => {
    const value = tidy(() => {
      const extreme = tensor4d([0, 500, 0, -500], [1, 1, 2, 2]);
      return segmentationLoss(extreme, tensor3d([0, 1], [1, 1, 2], 'int32'), {
        foregroundWeight: 1,
      }).dataSync()[0];
    });
    expect(value).toBeCloseTo(500 + 2 / 3, 3);
  });
});

describe('TapeStep', () => {
  const made: { dispose(): unknown }[] = [];
  afterEach(() => made.splice(0).forEach((thing) => thing.dispose()));

  const make = (family: NetworkFamily = 'unet', seed = 1) => {
    const layers = describeNetwork(specOf(family, { width: 2 }));
    const step = new TapeStep(stepOrder(layers, { seed, foregroundWeight: WEIGHT }), 'cpu');
    made.push(step);
    return step;
  };
  const weightOf = (step: TapeStep, name: string) =>
    step.weights().find((weight) => weight.name === name)?.data ?? [];

  it('moves every weight by the learning rate in its first step, as Adam does', () => {
    const step = make();
    const before = weightOf(step, 'logits/kernel');
    step.run(randomBatch(2, 16), 0.01);
    const after = weightOf(step, 'logits/kernel');
    // With one gradient g, m / sqrt(v) = g / |g|.
    for (const [i, value] of after.entries()) expect(Math.abs(value - (before[i] ?? 0))).toBeCloseTo(0.01, 5);
  });

  it('follows Adam over several steps, recomputed from its own gradients', () => {
    const step = make();
    const name = 'logits/bias';
    const state = { w: weightOf(step, name)[1] ?? 0, m: 0, v: 0 };
    for (let t = 1; t <= 4; t++) {
      const previous = [...step.optimizer()].find((entry) => entry.name === `${name}/m`)?.data[1] ?? 0;
      step.run(randomBatch(t, 16), 0.01);
      const moment = step.optimizer().find((entry) => entry.name === `${name}/m`)?.data[1] ?? 0;
      const gradient = (moment - 0.9 * previous) / 0.1;
      state.m = 0.9 * state.m + 0.1 * gradient;
      state.v = 0.999 * state.v + 0.001 * gradient ** 2;
      state.w -= (0.01 * (state.m / (1 - 0.9 ** t))) / (Math.sqrt(state.v / (1 - 0.999 ** t)) + 1e-7);
      expect(weightOf(step, name)[1]).toBeCloseTo(state.w, 5);
    }
  });

  it('moves the averages of batch norm a tenth of the way to the batch', () => {
    const step = make();
    const moving = 'down1_conv1_norm/moving_variance';
    expect([...weightOf(step, moving)]).toEqual([1, 1]);
    step.run(randomBatch(2, 16), 0);
    const once = [...weightOf(step, moving)];
    step.run(randomBatch(2, 16), 0);
    const twice = [...weightOf(step, moving)];
    for (const i of [0, 1]) {
      const batch = ((once[i] ?? 0) - 0.9) / 0.1;
      expect(twice[i]).toBeCloseTo(0.9 * (once[i] ?? 0) + 0.1 * batch, 5);
    }
  });

  it.each(['unet', 'fcn8s', 'cumedvision'] as const)(
    'lowers the loss of %s on a batch that it sees again',
    (family) => {
      const step = make(family);
      const batch = randomBatch(3, 32);
      const losses = Array.from({ length: 8 }, () => step.run(batch, 0.01));
      expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) - 0.1);
    },
  );

  it.each(['unet', 'fcn8s'] as const)(
    'continues %s from saved weights and moments to the last bit',
    (family) => {
      const first = make(family);
      for (let t = 0; t < 2; t++) first.run(randomBatch(t, 32), 0.01);
      const second = make(family);
      second.run(randomBatch(9, 32), 0.01);
      second.setWeights(first.weights());
      second.setOptimizer(first.optimizer());
      expect(second.run(randomBatch(7, 32), 0.01)).toBe(first.run(randomBatch(7, 32), 0.01));
      expect(second.weights()).toEqual(first.weights());
    },
  );

  it('predicts with the moving averages, so that an image does not depend on its neighbours in the batch', () => {
    const step = make();
    const { images } = randomBatch(5, 16, 2);
    const together = step.predict(images, 2, 16, 16);
    const alone = step.predict(images.subarray(images.length / 2), 1, 16, 16);
    expect([...together.subarray(256)]).toEqual([...alone]);
    expect(Math.min(...together)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...together)).toBeLessThanOrEqual(1);
  });

  it('leaves no tensor behind', () => {
    const before = memory().numTensors;
    const step = new TapeStep(stepOrder(describeNetwork(specOf('unet', { width: 2 }))), 'cpu');
    step.run(randomBatch(1, 16), 0.01);
    step.predict(randomBatch(1, 16).images, 2, 16, 16);
    step.setWeights(step.weights());
    step.setOptimizer(step.optimizer());
    step.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it.each(['unet', 'cumedvision'] as const)(
    'predicts the prior of %s where the features are nought',
    (family) => {
      const layers = describeNetwork(specOf(family, { width: 1 }));
      const weights = firstWeights(layers, 1, [0, Math.log(0.2 / 0.8)]);
      const step = new TapeStep({ ...stepOrder(layers), weights }, 'cpu');
      made.push(step);
      const probabilities = step.predict(new Float32Array(32 * 32 * 3), 1, 32, 32);
      for (const probability of probabilities) expect(probability).toBeCloseTo(0.2, 5);
    },
  );
});
