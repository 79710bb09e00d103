import { describe, expect, it, vi } from 'vitest';
import { planGpuMemory } from '../../../src-main/engine/gpu/planMemory.ts';
import { randomBatch } from '../compiled/randomBatch.ts';
import { smallUnet } from '../compiled/smallUnet.ts';
import { stepOrder } from '../compiled/stepOrder.ts';
import { gpuStep, noTestDevice, SLOW, testDevice } from './testDevice.ts';

const missing = await noTestDevice();

describe.skipIf(missing)('planGpuMemory', SLOW, () => {
  it('says to a few kilobytes what a step and an inference allocate', async () => {
    const context = await testDevice();
    if (typeof context === 'string') throw new Error(context);
    const made = vi.spyOn(context.device, 'createBuffer');
    const taken = () => made.mock.results.reduce((sum, { value }) => sum + (value as GPUBuffer).size, 0);
    const layers = smallUnet({ widths: [2, 3] });
    const shape = { size: 4, height: 128, width: 96 };
    const batch = randomBatch(shape.size, shape.height, shape.width, 3);
    const step = await gpuStep(stepOrder(layers));
    await step.run(batch, 1e-3);
    const training = planGpuMemory(layers, { ...shape, training: true });
    // Parameters of the dispatches and what losses are read through.
    expect(Math.abs(taken() - training.planBytes - training.weightBytes)).toBeLessThan(32e3);
    expect(training.planBytes).toBeGreaterThan(1e6);
    made.mockClear();
    await step.predict(batch.images, shape.size, shape.height, shape.width);
    const inference = planGpuMemory(layers, { ...shape, training: false });
    const answer = 4 * shape.size * shape.height * shape.width;
    expect(Math.abs(taken() - inference.planBytes - answer)).toBeLessThan(32e3);
    made.mockRestore();
    await step.dispose();
  });
});
