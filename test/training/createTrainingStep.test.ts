import { setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildNetwork } from '../../src-main/network/buildNetwork.ts';
import { createTrainingStep } from '../../src-main/training/createTrainingStep.ts';
import { batches } from '../../src-main/training/batches.ts';
import { epochPlan } from '../../src-main/training/epochPlan.ts';
import { Random } from '../../src-main/training/random.ts';
import { SampleCache } from '../../src-main/training/sampleCache.ts';
import { specOf } from '../network/networkSpecs.ts';
import { chooseNativeBackend } from './chooseNativeBackend.ts';
import { discs } from './discs.ts';

beforeAll(chooseNativeBackend);
afterAll(chooseNativeBackend);

const SPEC = specOf('unet', { width: 2, channels: 1 });

describe('createTrainingStep', () => {
  it('compiles on the native engine and nowhere else', async () => {
    const model = buildNetwork(SPEC, 1);
    const onNative = createTrainingStep(model, { foregroundWeight: 1 });
    await setBackend('cpu');
    const onCpu = createTrainingStep(model, { foregroundWeight: 1 });
    expect([onNative.implementation, onCpu.implementation]).toEqual(['compiled', 'tape']);
    onNative.dispose();
    onCpu.dispose();
    model.dispose();
  });

  it('learns the same with the tape and compiled', async () => {
    await setBackend('cpu');
    const model = buildNetwork(SPEC, 1);
    const tape = createTrainingStep(model, { foregroundWeight: 2 }, 'tape');
    const compiled = createTrainingStep(model, { foregroundWeight: 2 }, 'compiled');
    const plan = epochPlan(4, 6, Random.fromSeed(1));
    const recipe = { crop: 32, batch: 2, augmentation: 'full' } as const;
    for await (const batch of batches(new SampleCache(discs(4, 40, 1)), plan, recipe)) {
      expect(compiled.run(batch, 0.01)).toBeCloseTo(tape.run(batch, 0.01), 3);
    }
    [tape, compiled, model].forEach((thing) => thing.dispose());
  });
});
