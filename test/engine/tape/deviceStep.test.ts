import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { DeviceStep } from '../../../src-main/engine/tape/deviceStep.ts';
import { TapeStep } from '../../../src-main/engine/tape/tapeStep.ts';
import { randomBatch } from '../compiled/randomBatch.ts';
import { stepOrder } from '../compiled/stepOrder.ts';
import { specOf } from '../../network/networkSpecs.ts';

beforeAll(() => setBackend('cpu'));

const LAYERS = describeNetwork(specOf('unet', { width: 1, channels: 1 }));
const orderOf = (seed: number) => stepOrder(LAYERS, { seed, foregroundWeight: 1.5 });

it('computes exactly what the tape does, and answers later', async () => {
  const [device, tape] = [new DeviceStep(orderOf(4), 'cpu'), new TapeStep(orderOf(4), 'cpu')];
  for (const seed of [1, 2]) {
    const batch = randomBatch(1, 16, 16, 1, seed);
    expect(await device.run(batch, 1e-3)).toBe(tape.run(batch, 1e-3));
  }
  expect(await device.weights()).toEqual(tape.weights());
  expect(await device.optimizer()).toEqual(tape.optimizer());
  const { images } = randomBatch(1, 16, 16, 1, 9);
  expect(await device.predict(images, 1, 16, 16)).toEqual(tape.predict(images, 1, 16, 16));
});

it('goes on from stored weights and moments', async () => {
  const [first, second] = [new DeviceStep(orderOf(4), 'cpu'), new DeviceStep(orderOf(5), 'cpu')];
  await first.run(randomBatch(1, 16, 16, 1, 1), 1e-3);
  second.setWeights(await first.weights());
  second.setOptimizer(await first.optimizer());
  const next = randomBatch(1, 16, 16, 1, 2);
  expect(await second.run(next, 1e-3)).toBe(await first.run(next, 1e-3));
});

it('keeps no tensor of a step, and gives all back in the end', async () => {
  const before = memory().numTensors;
  const step = new DeviceStep(orderOf(4), 'cpu');
  await step.run(randomBatch(1, 16, 16, 1, 1), 1e-3);
  const held = memory().numTensors;
  await step.run(randomBatch(1, 16, 16, 1, 2), 1e-3);
  await step.predict(new Float32Array(256), 1, 16, 16);
  await step.weights();
  expect(memory().numTensors).toBe(held);
  step.dispose();
  expect(memory().numTensors).toBe(before);
});
