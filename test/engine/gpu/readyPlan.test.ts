import { describe, expect, it, vi } from 'vitest';
import { USAGE } from '../../../src-main/engine/gpu/gpuContext.ts';
import { copy } from '../../../src-main/engine/gpu/kernels/pointwise.ts';
import type { Dispatch } from '../../../src-main/engine/gpu/plan/dispatch.ts';
import { ReadyPlan } from '../../../src-main/engine/gpu/readyPlan.ts';
import { noTestDevice, SLOW, testDevice } from './testDevice.ts';

const missing = await noTestDevice();

/** Adds a buffer to another, as if that were as much work as said. */
const adding = (from: string, to: string, products: number): Dispatch => ({
  name: `${from} to ${to}`,
  kernel: copy(true),
  buffers: [from, to],
  parameters: { pixels: 4, sourceAt: 0, targetAt: 0 },
  groups: [1, 1, 1],
  traffic: 0,
  products,
});

async function run(products: number): Promise<{ values: number[]; submissions: number }> {
  const context = await testDevice();
  if (typeof context === 'string') throw new Error(context);
  const { device } = context;
  const names = ['one', 'two', 'three'];
  const usage = USAGE.storage | USAGE.copySource | USAGE.copyTarget;
  const buffers = await context.allocate(
    names.map(() => 16),
    usage,
  );
  const shared = new Map(names.flatMap((name, index) => (buffers[index] ? [[name, buffers[index]]] : [])));
  for (const [index, buffer] of buffers.entries())
    device.queue.writeBuffer(
      buffer,
      0,
      Float32Array.of(1, 2, 3, 4).map((value) => value * 10 ** index),
    );
  const dispatches = [adding('one', 'two', products), adding('two', 'three', products)];
  const plan = await ReadyPlan.make(context, { dispatches, buffers: new Map(), tables: new Map() }, shared);
  const submit = vi.spyOn(device.queue, 'submit');
  plan.submit(device);
  const submissions = submit.mock.calls.length;
  submit.mockRestore();
  const values = [...new Float32Array(await context.read(plan.buffer('three'), 16))];
  plan.dispose();
  return { values, submissions };
}

describe.skipIf(missing)('a plan that is run', SLOW, () => {
  it('is one command buffer', async () => {
    expect(await run(1)).toEqual({ values: [111, 222, 333, 444], submissions: 1 });
  });

  it('is cut into several, in their order, where it would hold the card for long', async () => {
    expect(await run(60e9)).toEqual({ values: [111, 222, 333, 444], submissions: 2 });
  });
});
