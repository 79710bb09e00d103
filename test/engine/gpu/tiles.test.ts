import { describe, expect, it } from 'vitest';
import { USAGE } from '../../../src-main/engine/gpu/gpuContext.ts';
import {
  elementGroups,
  ELEMENT_FILTER_GRADIENT,
} from '../../../src-main/engine/gpu/kernels/elementFilterGradient.ts';
import { pointProduct } from '../../../src-main/engine/gpu/kernels/pointProduct.ts';
import { tiledFilterGradient } from '../../../src-main/engine/gpu/kernels/tiledFilterGradient.ts';
import { tiledProduct } from '../../../src-main/engine/gpu/kernels/tiledProduct.ts';
import type { Dispatch } from '../../../src-main/engine/gpu/plan/dispatch.ts';
import type { FeatureMap } from '../../../src-main/engine/gpu/plan/featureMap.ts';
import { FILTER_TILES, filterDispatch } from '../../../src-main/engine/gpu/plan/filterDispatch.ts';
import { PRODUCT_TILES, productDispatch } from '../../../src-main/engine/gpu/plan/productDispatch.ts';
import { ReadyPlan } from '../../../src-main/engine/gpu/readyPlan.ts';
import { randomValues } from '../vectors/randomValues.ts';
import { largestDifference } from '../compiled/largestDifference.ts';
import { noTestDevice, SLOW, testDevice } from './testDevice.ts';

const missing = await noTestDevice();

/** Neither sides nor channels fill a tile. */
const map = (buffer: string, channels: number): FeatureMap => ({
  buffer,
  first: 0,
  channels,
  images: 1,
  height: 11,
  width: 13,
});
const [INPUTS, OUTPUTS] = [19, 133];
const [source, target] = [map('source', INPUTS), map('target', OUTPUTS)];
const FLOATS = { source: INPUTS * 143, target: OUTPUTS * 143, weights: 9 * INPUTS * OUTPUTS + OUTPUTS };

/** What a dispatch leaves in one of its buffers, which hold random numbers. */
async function run(dispatch: Dispatch, result: string, floats: number): Promise<Float32Array> {
  const context = await testDevice();
  if (typeof context === 'string') throw new Error(context);
  const sizes = { ...FLOATS, gradients: floats };
  const usage = USAGE.storage | USAGE.copySource | USAGE.copyTarget;
  const buffers = await context.allocate(
    Object.values(sizes).map((size) => 4 * size),
    usage,
  );
  const shared = new Map<string, GPUBuffer>();
  for (const [index, [name, size]] of Object.entries(sizes).entries()) {
    const buffer = buffers[index];
    if (!buffer) continue;
    shared.set(name, buffer);
    context.device.queue.writeBuffer(buffer, 0, randomValues(size, index + 1));
  }
  const plan = await ReadyPlan.make(
    context,
    { dispatches: [dispatch], buffers: new Map(), tables: new Map() },
    shared,
  );
  plan.submit(context.device);
  const values = new Float32Array(await context.read(plan.buffer(result), 4 * floats));
  for (const buffer of buffers) buffer.destroy();
  plan.dispose();
  return values;
}

/** Of those that only large batches take; the others are in every network of gpuStep.test.ts. */
const { largest } = PRODUCT_TILES;

describe.skipIf(missing)('a tile', SLOW, () => {
  it.each(Object.entries({ largest }))(
    'of a product computes what the plain kernel does: %s',
    async (_, tile) => {
      for (const kind of ['convolution', 'convolution gradient'] as const) {
        const order = {
          ...{ name: kind, kind, side: 3, stride: 1, weightsAt: 0, relu: false },
          ...(kind === 'convolution' ? { source, target } : { source: target, target: source }),
          ...{ epilogue: null, accumulate: false },
        };
        const [result, floats, channels] =
          kind === 'convolution'
            ? (['target', FLOATS.target, OUTPUTS] as const)
            : (['source', FLOATS.source, INPUTS] as const);
        const dispatch = productDispatch(order);
        const variant = { folded: false, spread: false };
        const kernel = tiledProduct(tile, variant, kind === 'convolution' ? 'outputs' : 'inputs');
        const groups = [Math.ceil(143 / tile.pixels), Math.ceil(channels / tile.outputs), 1] as const;
        const plain = {
          kernel: pointProduct(8, 1, variant),
          groups: [Math.ceil(143 / 64), Math.ceil(channels / 8), 1],
        } as const;
        const expected = await run({ ...dispatch, ...plain }, result, floats);
        expect(
          largestDifference(await run({ ...dispatch, kernel, groups }, result, floats), expected),
        ).toBeLessThan(1e-4);
        expect(expected.some((value) => Math.abs(value) > 1)).toBe(true);
      }
    },
  );

  it.each(FILTER_TILES.slice(0, 1))(
    'of a filter gradient computes what the plain kernel does: $lefts x $rights',
    async (tile) => {
      const order = { name: 'filter', left: source, right: target, side: 3, stride: 1 };
      const size = 9 * INPUTS * OUTPUTS;
      const dispatch = filterDispatch(order, 0);
      const parts = 2;
      const divided = { ...dispatch, parameters: { ...dispatch.parameters, chunk: 80 } };
      const tiles = Math.ceil(INPUTS / tile.lefts) * Math.ceil(OUTPUTS / tile.rights);
      const tiled = { kernel: tiledFilterGradient(tile), groups: [tiles, 9, parts] } as const;
      const plain = { kernel: ELEMENT_FILTER_GRADIENT, groups: [...elementGroups(size), parts] } as const;
      const expected = await run({ ...divided, ...plain }, 'gradients', parts * size);
      expect(
        largestDifference(await run({ ...divided, ...tiled }, 'gradients', parts * size), expected),
      ).toBeLessThan(1e-4);
      expect(expected.some((value) => Math.abs(value) > 1)).toBe(true);
    },
  );
});
