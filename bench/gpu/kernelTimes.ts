import type { LayerDescription } from '#common/network/layerDescription.ts';
import { GpuContext, USAGE } from '../../src-main/engine/gpu/gpuContext.ts';
import type { BatchShape } from '../../src-main/engine/gpu/plan/mapSizes.ts';
import { planTraining } from '../../src-main/engine/gpu/plan/planGpu.ts';
import { weightPlaces } from '../../src-main/engine/gpu/plan/weightPlaces.ts';
import { ReadyPlan } from '../../src-main/engine/gpu/readyPlan.ts';
import { requestDawnAdapter } from '../../src-main/engine/webgpu/dawnAdapter.ts';

/** What the runs of one kernel in a step take together. */
export interface KernelTime {
  readonly label: string;
  readonly dispatches: number;
  readonly milliseconds: number;
  readonly multiplyAdds: number;
  readonly bytes: number;
}

/**
 * Times every dispatch of a step by itself, `repeats` times in a row, as if each had the card alone: what a step gains from running small ones
 * side by side is not in it, nor is what it loses between them.
 * @returns slowest kernel first
 */
export async function kernelTimes(
  layers: readonly LayerDescription[],
  shape: BatchShape,
  repeats: number,
): Promise<KernelTime[]> {
  const context = await GpuContext.open(await requestDawnAdapter());
  const { queue } = context.device;
  const plan = planTraining(layers, shape, 1);
  const weights = weightPlaces(layers);
  const pixels = shape.size * shape.height * shape.width;
  const channels = layers[0]?.channels ?? 1;
  const sizes = {
    ...{ weights: weights.size, first: weights.trainable, second: weights.trainable },
    ...{ step: 4, images: pixels * channels, masks: Math.ceil(pixels / 4), loss: 1 },
  };
  const usage = USAGE.storage | USAGE.copySource | USAGE.copyTarget;
  const buffers = await context.allocate(
    Object.values(sizes).map((floats) => 4 * floats),
    usage,
  );
  const shared = new Map(
    Object.keys(sizes).flatMap((name, index) => (buffers[index] ? [[name, buffers[index]] as const] : [])),
  );
  const times = new Map<string, KernelTime>();
  for (const dispatch of plan.dispatches) {
    const tables = new Map([...plan.tables].filter(([name]) => dispatch.buffers.includes(name)));
    const dispatches = Array.from({ length: repeats }, () => dispatch);
    const ready = await ReadyPlan.make(context, { ...plan, tables, dispatches }, shared);
    ready.submit(context.device);
    await queue.onSubmittedWorkDone();
    const begin = performance.now();
    ready.submit(context.device);
    await queue.onSubmittedWorkDone();
    const { label } = dispatch.kernel;
    const before = times.get(label);
    times.set(label, {
      label,
      dispatches: (before?.dispatches ?? 0) + 1,
      milliseconds: (before?.milliseconds ?? 0) + (performance.now() - begin) / repeats,
      multiplyAdds: (before?.multiplyAdds ?? 0) + dispatch.products,
      bytes: (before?.bytes ?? 0) + 4 * dispatch.traffic,
    });
    ready.dispose();
  }
  for (const buffer of buffers) buffer.destroy();
  context.device.destroy();
  return [...times.values()].sort((a, b) => b.milliseconds - a.milliseconds);
}
