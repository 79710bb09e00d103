import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { buildNetwork } from '../../src-main/network/buildNetwork.ts';
import { DeviceStep } from '../../src-main/training/deviceStep.ts';
import { TapeStep } from '../../src-main/training/tapeStep.ts';
import { randomBatch } from '../engine/compiled/randomBatch.ts';
import { specOf } from '../network/networkSpecs.ts';

beforeAll(() => setBackend('cpu'));

const SPEC = specOf('unet', { width: 1, channels: 1 });
const LOSS = { foregroundWeight: 1.5 };

it('computes exactly what the tape does, and answers later', async () => {
  const [model, other] = [buildNetwork(SPEC, 4), buildNetwork(SPEC, 4)];
  const [device, tape] = [new DeviceStep(model, LOSS), new TapeStep(other, LOSS)];
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
  const [model, other] = [buildNetwork(SPEC, 4), buildNetwork(SPEC, 5)];
  const [first, second] = [new DeviceStep(model, LOSS), new DeviceStep(other, LOSS)];
  await first.run(randomBatch(1, 16, 16, 1, 1), 1e-3);
  second.setWeights(await first.weights());
  second.setOptimizer(await first.optimizer());
  const next = randomBatch(1, 16, 16, 1, 2);
  expect(await second.run(next, 1e-3)).toBe(await first.run(next, 1e-3));
});

it('keeps no tensor of a step, and gives all back in the end', async () => {
  const before = memory().numTensors;
  const model = buildNetwork(SPEC, 4);
  const step = new DeviceStep(model, LOSS);
  await step.run(randomBatch(1, 16, 16, 1, 1), 1e-3);
  const held = memory().numTensors;
  await step.run(randomBatch(1, 16, 16, 1, 2), 1e-3);
  await step.predict(new Float32Array(256), 1, 16, 16);
  await step.weights();
  expect(memory().numTensors).toBe(held);
  step.dispose();
  model.dispose();
  expect(memory().numTensors).toBe(before);
});
