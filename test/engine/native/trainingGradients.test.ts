import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainingSection } from '../../../src-main/engine/native/trainingSection.ts';
import type { NativeBackend } from '../../../src-main/engine/native/NativeBackend.ts';
import { registerNativeBackend } from '../../../src-main/engine/native/registerNativeBackend.ts';
import { tensorAddon } from '../../../src-main/engine/native/tensorAddon.ts';
import { randomValues } from './randomValues.ts';
import { smallUnet, type SmallUnet } from './smallUnet.ts';

const threads = tensorAddon().threadCount();
beforeAll(() => registerNativeBackend());
afterAll(() => tensorAddon().setThreadCount(threads));

describe('a batch-norm layer in training mode', () => {
  it('has the gradients of the JavaScript reference', async () => {
    const [expected, actual] = await onBoth(() => {
      const model = sequential({ layers: [layers.batchNormalization({ inputShape: [6, 5, 3] })] });
      setRandomWeights(model);
      const x = tf.tensor(randomValues(4 * 6 * 5 * 3, 7), [4, 6, 5, 3]);
      const weight = tf.tensor(randomValues(4 * 6 * 5 * 3, 8), [4, 6, 5, 3]);
      const loss = (input: tf.Tensor): tf.Scalar =>
        tf.sum(tf.mul(model.apply(input, { training: true }) as tf.Tensor, weight));
      const dx = tf.grad(loss)(x);
      const { grads } = tf.variableGrads(() => loss(x));
      return [dx, ...Object.values(grads)].map((tensor) => [...tensor.dataSync()]);
    });
    expectClose(actual, expected);
  });
});

describe('a small U-Net of layers', () => {
  it('gives the output and all gradients of the JavaScript reference', async () => {
    const [expected, actual] = await onBoth(() => using(smallUnet(), (unet) => unet.outputAndGradients()));
    expectClose(actual, expected);
  });

  it('has the same losses as the reference over 30 steps of Adam', async () => {
    const [expected, actual] = await onBoth(() => using(smallUnet(), (unet) => [trainedLosses(unet, 30)]));
    expect(actual[0]?.[29]).toBeLessThan((actual[0]?.[0] ?? 0) * 0.9);
    expectClose(actual, expected, 2e-3);
  });

  it('gives the same bits at one thread and at two', async () => {
    await tf.setBackend('native');
    const bits = [1, 2].map((count) => {
      tensorAddon().setThreadCount(count);
      return using(smallUnet(), (unet) => [trainedLosses(unet, 5), ...unet.outputAndGradients()]);
    });
    expect(bits[1]).toEqual(bits[0]);
  });

  it('holds neither more tensors nor more memory after 200 steps than after 10', async () => {
    await tf.setBackend('native');
    const unet = smallUnet();
    const backend = tf.backend() as NativeBackend;
    const count = (): number[] => [
      tf.memory().numTensors,
      backend.memory().liveBytes,
      backend.memory().idleBytes,
    ];
    trainedLosses(unet, 10);
    const early = count();
    trainedLosses(unet, 190);
    expect(count()).toEqual(early);
    unet.dispose();
  });
});

function trainedLosses(unet: SmallUnet, steps: number): number[] {
  return Array.from({ length: steps }, () => trainingSection(() => unet.train()));
}

/** Runs `body` on the reference backend and on the native one. */
async function onBoth(body: () => number[][]): Promise<[number[][], number[][]]> {
  await tf.setBackend('cpu');
  const expected = tf.tidy(body);
  await tf.setBackend('native');
  return [expected, tf.tidy(body)];
}

function using<T>(unet: SmallUnet, body: (unet: SmallUnet) => T): T {
  try {
    return body(unet);
  } finally {
    unet.dispose();
  }
}

function setRandomWeights(model: LayersModel): void {
  model.setWeights(
    model
      .getWeights()
      .map((weight, i) => tf.add(tf.tensor(randomValues(weight.size, i + 20), weight.shape), 1.5)),
  );
}

function expectClose(actual: number[][], expected: number[][], tolerance = 1e-4): void {
  expect(actual.map((values) => values.length)).toEqual(expected.map((values) => values.length));
  for (const [i, values] of expected.entries()) {
    const largest = Math.max(1, ...values.map(Math.abs));
    const worst = Math.max(...values.map((value, k) => Math.abs(value - (actual[i]?.[k] ?? Number.NaN))));
    expect(worst / largest, `array ${i}`).toBeLessThan(tolerance);
  }
}
