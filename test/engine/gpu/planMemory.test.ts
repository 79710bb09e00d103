import { describe, expect, it, vi } from 'vitest';
import { GpuContext } from '../../../src-main/engine/gpu/gpuContext.ts';
import { GpuStep } from '../../../src-main/engine/gpu/gpuStep.ts';
import { planGpuMemory } from '../../../src-main/engine/gpu/planMemory.ts';
import { randomBatch } from '../compiled/randomBatch.ts';
import { smallUnet } from '../compiled/smallUnet.ts';
import { stepOrder } from '../compiled/stepOrder.ts';

/** Dawn without a device: it takes all calls, makes buffers of the sizes that are asked for, and computes nothing. Kept, as in dawnAdapter.ts. */
const dawn = await import('webgpu').then(
  ({ create }) => create(['backend=null']),
  () => null,
);

async function withoutDevice(): Promise<GpuContext> {
  const adapter = await dawn?.requestAdapter();
  if (!adapter) throw new Error('Dawn has no backend without a device.');
  return GpuContext.open(adapter);
}

describe.skipIf(dawn === null)('planGpuMemory', () => {
  it('says to a few kilobytes what a step and an inference allocate', async () => {
    const context = await withoutDevice();
    const made = vi.spyOn(context.device, 'createBuffer');
    const taken = () => made.mock.results.reduce((sum, { value }) => sum + (value as GPUBuffer).size, 0);
    const layers = smallUnet({ widths: [2, 3] });
    const shape = { size: 4, height: 128, width: 96 };
    const batch = randomBatch(shape.size, shape.height, shape.width, 3);
    const step = await GpuStep.open(context, stepOrder(layers));
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
    context.device.destroy();
  });
});
