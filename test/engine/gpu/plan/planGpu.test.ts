import { describe, expect, it } from 'vitest';
import type { NetworkFamily } from '#common/network/network.ts';
import { type GpuPlan, SHARED_BUFFERS } from '../../../../src-main/engine/gpu/plan/dispatch.ts';
import { placeBuffers } from '../../../../src-main/engine/gpu/plan/placeBuffers.ts';
import { planInference, planTraining } from '../../../../src-main/engine/gpu/plan/planGpu.ts';
import { describeNetwork } from '../../../../src-main/network/describeNetwork.ts';

const network = (family: NetworkFamily, factor: number) =>
  describeNetwork({ family, width: 64, channels: 3, classes: 2, factor });
const SHAPE = { size: 8, height: 128, width: 128 };
const shared = new Set<string>(SHARED_BUFFERS);

const FAMILIES = ['unet', 'fcn8s', 'cumedvision'] as const;
const PLANS: readonly (readonly [string, GpuPlan])[] = FAMILIES.flatMap((family) =>
  [1 / 32, 1 / 2].flatMap((factor) => [
    [`a step of ${family} at ${factor}`, planTraining(network(family, factor), SHAPE, 2)] as const,
    [`an inference of ${family} at ${factor}`, planInference(network(family, factor), SHAPE)] as const,
  ]),
);

/** Where a dispatch begins to read or write a buffer for the first time, and for the last. */
function lifetimes({ dispatches }: GpuPlan): Map<string, [number, number]> {
  const found = new Map<string, [number, number]>();
  for (const [time, { buffers }] of dispatches.entries())
    for (const name of buffers) found.set(name, [found.get(name)?.[0] ?? time, time]);
  return found;
}

describe.each(PLANS)('the plan of %s', (_, plan) => {
  it('writes a buffer before it reads it, and never reads from one that the same dispatch writes', () => {
    const written = new Set<string>([...shared, ...plan.tables.keys()]);
    for (const { name, kernel, buffers } of plan.dispatches) {
      const writes = buffers.filter((_buffer, index) => kernel.buffers[index]?.access === 'read_write');
      for (const [index, buffer] of buffers.entries()) {
        if (kernel.buffers[index]?.access !== 'read') continue;
        expect.soft(written, `${name} reads ${buffer}`).toContain(buffer);
        expect.soft(writes, name).not.toContain(buffer);
      }
      for (const buffer of writes) written.add(buffer);
    }
  });

  it('shares memory only among buffers that are never in use together, none of them too small', () => {
    const { sizes, of } = placeBuffers(plan);
    const lives = [...lifetimes(plan)].filter(([name]) => !shared.has(name));
    expect(of.size).toBe(lives.length);
    for (const [name, [birth, death]] of lives) {
      const floats = plan.tables.get(name)?.length ?? plan.buffers.get(name) ?? 0;
      expect(sizes[of.get(name) ?? -1]).toBeGreaterThanOrEqual(4 * floats);
      for (const [other, [begin, end]] of lives) {
        if (other !== name && of.get(other) === of.get(name)) expect(end < birth || begin > death).toBe(true);
      }
    }
    const apart = lives.reduce((sum, [name]) => sum + 4 * (plan.buffers.get(name) ?? 0), 0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(0.95 * apart);
  });

  it('binds what its kernels declare, no more buffers than every device has, and gives every parameter', () => {
    for (const { name, kernel, buffers, parameters, groups } of plan.dispatches) {
      expect(buffers, name).toHaveLength(kernel.buffers.length);
      expect(buffers.length, name).toBeLessThanOrEqual(8);
      for (const parameter of Object.keys(kernel.parameters))
        expect(Number.isFinite(parameters[parameter]), `${name}: ${parameter}`).toBe(true);
      expect(Math.min(...groups), name).toBeGreaterThan(0);
      expect(kernel.threads, name).toBeLessThanOrEqual(256);
    }
  });
});

it('a step of the base U-Net stays as short as it is: dispatches, kernels, traffic', () => {
  const { dispatches } = planTraining(network('unet', 1 / 4), SHAPE, 1);
  expect(dispatches.length).toBeLessThanOrEqual(155);
  expect(new Set(dispatches.map(({ kernel }) => kernel.label)).size).toBeLessThanOrEqual(30);
  expect(dispatches.reduce((sum, { traffic }) => sum + 4 * traffic, 0)).toBeLessThan(1.4e9);
});

it('its multiply-adds are those of the layers: three products a convolution, two for the first', () => {
  const spec = { family: 'unet', width: 64, channels: 3, classes: 2, factor: 1 / 4 } as const;
  const { dispatches } = planTraining(describeNetwork(spec), SHAPE, 1);
  const products = dispatches.reduce((sum, dispatch) => sum + dispatch.products, 0);
  const inference = planInference(describeNetwork(spec), SHAPE);
  const forward = inference.dispatches.reduce((sum, dispatch) => sum + dispatch.products, 0);
  // Of the image no gradient is wanted.
  const first = 9 * 3 * 16 * SHAPE.size * SHAPE.height * SHAPE.width;
  expect(products).toBe(3 * forward - first);
});
