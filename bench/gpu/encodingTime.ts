import type { LayerDescription } from '#common/network/layerDescription.ts';
import { GpuContext } from '../../src-main/engine/gpu/gpuContext.ts';
import { GpuStep } from '../../src-main/engine/gpu/gpuStep.ts';
import type { BatchShape } from '../../src-main/engine/gpu/plan/mapSizes.ts';
import { firstWeights } from '../../src-main/network/firstWeights.ts';
import { randomBatch } from '../../test/engine/compiled/randomBatch.ts';
import { middle } from './middle.ts';

const STEPS = 100;

/**
 * Milliseconds of the processor for a step: upload, encoding, validation, submission, waiting for the loss. Dawn's backend `null` takes all
 * calls and computes nothing; what a real driver's recording adds, it does not show.
 */
export async function encodingTime(layers: readonly LayerDescription[], shape: BatchShape): Promise<number> {
  const { create } = await import('webgpu');
  const gpu = create(['backend=null']);
  const adapter = await gpu.requestAdapter();
  if (!adapter) return Number.NaN;
  const context = await GpuContext.open(adapter);
  const weights = firstWeights(layers, 1);
  const step = await GpuStep.open(context, { layers, weights, loss: { foregroundWeight: 1 }, seed: 1 });
  const batch = randomBatch(shape.size, shape.height, shape.width, layers[0]?.channels ?? 3);
  const times: number[] = [];
  for (let i = 0; i <= STEPS; i++) {
    const before = process.cpuUsage();
    await step.run(batch, 1e-3);
    const { user, system } = process.cpuUsage(before);
    // The first one also plans and allocates.
    if (i > 0) times.push((user + system) / 1000);
  }
  await step.dispose();
  context.device.destroy();
  return middle(times);
}
