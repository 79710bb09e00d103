import '@tensorflow/tfjs-backend-cpu';
import { getBackend, memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src-main/engine/Engine.ts';
import { listDevices } from '../../../src-main/engine/listDevices.ts';
import { openEngine } from '../../../src-main/engine/openEngine.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { randomBatch } from '../compiled/randomBatch.ts';
import { largestDifference } from '../compiled/largestDifference.ts';
import { stepOrder } from '../compiled/stepOrder.ts';
import { missingTensorflow } from './missingTensorflow.ts';

const missing = missingTensorflow();
const LAYERS = describeNetwork({ family: 'unet', width: 4, channels: 3, classes: 2, factor: 1 });

/** Losses of ten training steps from equal weights and batches on a device. */
async function losses(engine: Engine): Promise<number[]> {
  const step = await engine.openStep(stepOrder(LAYERS, { seed: 3, foregroundWeight: 1.5 }));
  const values: number[] = [];
  for (let i = 1; i <= 10; i++) values.push(await step.run(randomBatch(2, 32, 32, 3, i), 1e-3));
  await step.dispose();
  return values;
}

describe.skipIf(missing)(`TensorFlow (${missing === null ? 'set up' : 'left out: ' + missing})`, () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine('tensorflow');
  });

  it('is opened after a training step on it agreed with the native device', async () => {
    const tested = await engine.selfTest();
    expect(tested.passed).toBe(true);
    expect(tested.text).toContain('agree with the native device');
    expect(engine.version).toMatch(/^tensorflow \d+\.\d+\.\d+ \(.+\)$/);
  });

  it('follows the loss of the native device over ten steps', async () => {
    const actual = await losses(engine);
    const expected = await losses(await openEngine('native'));
    expect(largestDifference(actual.slice(0, 2), expected.slice(0, 2))).toBeLessThan(1e-4);
    // From there two correct devices part, also two instruction sets of one processor: by up to 7e-3 for some seeds.
    expect(largestDifference(actual, expected)).toBeLessThan(2e-2);
  });

  it('computes on TensorFlow, whatever another step in this process computes on', async () => {
    const expected = await losses(engine);
    const step = await engine.openStep(stepOrder(LAYERS, { seed: 3, foregroundWeight: 1.5 }));
    await setBackend('cpu');
    expect(await step.run(randomBatch(2, 32, 32, 3, 1), 1e-3)).toBe(expected[0]);
    expect(getBackend()).toBe('tensorflow');
    await step.dispose();
  });

  it('keeps no tensor of a training', async () => {
    await losses(engine);
    const before = memory().numTensors;
    await losses(engine);
    expect(memory().numTensors).toBe(before);
  });

  it('is listed with self-test, speed and memory', async () => {
    const [device] = await listDevices(['tensorflow']);
    expect(device).toMatchObject({ id: 'tensorflow', usable: true, failure: null });
    expect(device?.stepMs).toBeGreaterThan(0);
  });
});
