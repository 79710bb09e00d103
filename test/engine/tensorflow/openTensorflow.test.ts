import { getBackend, memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src-main/engine/Engine.ts';
import { listDevices } from '../../../src-main/engine/listDevices.ts';
import { openEngine } from '../../../src-main/engine/openEngine.ts';
import type { LocalTrainingStep } from '../../../src-main/engine/trainingStep.ts';
import { buildNetwork } from '../../../src-main/network/buildNetwork.ts';
import { TapeStep } from '../../../src-main/training/tapeStep.ts';
import { randomBatch } from '../compiled/randomBatch.ts';
import { largestDifference } from '../compiled/largestDifference.ts';
import { missingTensorflow } from './missingTensorflow.ts';

const missing = missingTensorflow();
const SPEC = { family: 'unet', width: 4, channels: 3, classes: 2, factor: 1 } as const;

/** Losses of ten training steps from equal weights and batches on the current device. */
function losses(): number[] {
  const model = buildNetwork(SPEC, 3);
  const step: LocalTrainingStep = new TapeStep(model, { foregroundWeight: 1.5 });
  const values = Array.from({ length: 10 }, (_, i) => step.run(randomBatch(2, 32, 32, 3, i + 1), 1e-3));
  step.dispose();
  model.dispose();
  return values;
}

describe.skipIf(missing)(`TensorFlow (${missing === null ? 'set up' : 'left out: ' + missing})`, () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine('tensorflow');
  });
  afterAll(() => openEngine('native'));

  it('is opened after a training step on it agreed with the native device', () => {
    expect(engine.selfTest).toMatchObject({ passed: true });
    expect(engine.selfTest?.text).toContain('agree with the native device');
    expect(engine.version).toMatch(/^tensorflow \d+\.\d+\.\d+ \(.+\)$/);
    expect(getBackend()).toBe('tensorflow');
  });

  it('follows the loss of the native device over ten steps', async () => {
    const onTensorflow = losses();
    await openEngine('native');
    const onNative = losses();
    await openEngine('tensorflow');
    expect(largestDifference(onTensorflow, onNative)).toBeLessThan(2e-3);
  });

  it('keeps no tensor of a training', () => {
    losses();
    const before = memory().numTensors;
    losses();
    expect(memory().numTensors).toBe(before);
  });

  it('is listed with self-test, speed and memory', async () => {
    const [device] = await listDevices(['tensorflow']);
    expect(device).toMatchObject({ id: 'tensorflow', usable: true, reason: null });
    expect(device?.stepMs).toBeGreaterThan(0);
  });
});
