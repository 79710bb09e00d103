import { describe, expect, it, vi } from 'vitest';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import type { Batch, TrainingStep } from '../../../src-main/engine/trainingStep.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { effectiveWeights } from '../compiled/effectiveWeights.ts';
import { LAYER_SHAPES, layersAround } from '../compiled/layerShapes.ts';
import { largestDifference, relativeDifferences } from '../compiled/largestDifference.ts';
import { randomBatch } from '../compiled/randomBatch.ts';
import { smallUnet } from '../compiled/smallUnet.ts';
import { stepOrder } from '../compiled/stepOrder.ts';
import { gpuStep, noTestDevice, SLOW, testDevice } from './testDevice.ts';

const missing = await noTestDevice();

/** Adam's first moment is a tenth of the gradient after one step. */
const firstMoments = async (step: TrainingStep): Promise<readonly NamedTensor[]> =>
  (await step.optimizer()).filter(({ name }) => name.endsWith('/m'));

const most = (differences: readonly { readonly difference: number }[]): number =>
  Math.max(...differences.map(({ difference }) => difference));

describe.skipIf(missing)('the step on WebGPU', SLOW, () => {
  it.each(LAYER_SHAPES)('computes a convolution as native does: $name', async (shape) => {
    const { image, batch: size = 1, stride = 1 } = shape;
    const order = stepOrder(layersAround(shape), { foregroundWeight: 2, seed: 4 });
    const batch = randomBatch(size, image[0] * stride, image[1] * stride, 3);
    const [gpu, native] = [await gpuStep(order), new CompiledStep(order)];
    const { images, height, width } = batch;
    const probabilities = await gpu.predict(images, size, height, width);
    expect(largestDifference(probabilities, native.predict(images, size, height, width))).toBeLessThan(1e-6);
    expect(Math.abs((await gpu.run(batch, 0)) - native.run(batch, 0))).toBeLessThan(1e-6);
    const differences = relativeDifferences(await firstMoments(gpu), await firstMoments(native), 1e-5);
    expect(differences).toHaveLength(6);
    for (const { name, difference } of differences) expect.soft(difference, name).toBeLessThan(1e-5);
    await gpu.dispose();
    native.dispose();
  });

  const network = (family: 'fcn8s' | 'cumedvision', channels: 1 | 3) =>
    describeNetwork({ family, width: 2, channels, classes: 2, factor: 1 });
  it.each<[string, readonly LayerDescription[], Batch]>([
    ['a U-Net of odd widths on odd sides', smallUnet({ widths: [3, 17] }), randomBatch(3, 26, 22, 3)],
    ['FCN-8s with dropout', network('fcn8s', 3), randomBatch(2, 64, 96, 3)],
    ['CUMedVision', network('cumedvision', 1), randomBatch(2, 64, 64, 1)],
  ])('trains %s as native does, pixels that do not count and all', async (_name, layers, drawn) => {
    const batch = { ...drawn, masks: drawn.masks.map((mark, pixel) => (pixel % 5 === 0 ? 2 : mark)) };
    const order = stepOrder(layers, { foregroundWeight: 2.5, seed: 7 });
    const matters = effectiveWeights(layers);
    const [gpu, native] = [await gpuStep(order), new CompiledStep(order)];
    expect(Math.abs((await gpu.run(batch, 1e-3)) - native.run(batch, 1e-3))).toBeLessThan(1e-5);
    const [moments, expected] = [await firstMoments(gpu), await firstMoments(native)].map((all) =>
      all.filter(({ name }) => matters({ name: name.slice(0, -2) })),
    );
    expect(most(relativeDifferences(moments ?? [], expected ?? [], 1e-5))).toBeLessThan(1e-4);
    const averages = (step: readonly NamedTensor[]) => step.filter(({ name }) => name.includes('moving_'));
    expect(most(relativeDifferences(averages(await gpu.weights()), averages(native.weights())))).toBeLessThan(
      1e-5,
    );
    for (const rate of [1e-3, 1e-3])
      expect(Math.abs((await gpu.run(batch, rate)) - native.run(batch, rate))).toBeLessThan(5e-3);
    const { images, size, height, width } = batch;
    await gpu.setWeights(native.weights());
    const probabilities = await gpu.predict(images, size, height, width);
    expect(largestDifference(probabilities, native.predict(images, size, height, width))).toBeLessThan(1e-5);
    await gpu.dispose();
    native.dispose();
  });

  it('gives the same bits for the same seed, and goes on from stored weights and moments bit by bit', async () => {
    const order = stepOrder(network('fcn8s', 3), { seed: 3 });
    // Of the shape above, for which the kernels have been compiled.
    const batches = [1, 2, 3, 4].map((seed) => randomBatch(2, 64, 96, 3, seed));
    const train = async (step: TrainingStep, some: readonly Batch[]): Promise<number[]> => {
      const losses: number[] = [];
      for (const batch of some) losses.push(await step.run(batch, 1e-2));
      return losses;
    };
    const whole = await gpuStep(order);
    const losses = await train(whole, batches);
    const first = await gpuStep(order);
    expect(await train(first, batches.slice(0, 2))).toEqual(losses.slice(0, 2));
    const resumed = await gpuStep({ ...order, weights: await first.weights() });
    await resumed.setOptimizer(await first.optimizer());
    expect(await train(resumed, batches.slice(2))).toEqual(losses.slice(2));
    expect(await resumed.weights()).toEqual(await whole.weights());
    expect(await resumed.optimizer()).toEqual(await whole.optimizer());
    const other = await gpuStep({ ...order, seed: 4 });
    expect(await train(other, batches.slice(0, 1))).not.toEqual(losses.slice(0, 1));
    for (const step of [whole, first, resumed, other]) await step.dispose();
  });

  it('answers steps that were asked for together, in their order', async () => {
    const order = stepOrder(smallUnet({ widths: [2, 3] }), { seed: 1 });
    const batches = [1, 2, 3].map((seed) => randomBatch(1, 16, 16, 3, seed));
    const [together, alone] = [await gpuStep(order), await gpuStep(order)];
    const losses = await Promise.all(batches.map((batch) => together.run(batch, 1e-2)));
    for (const [index, batch] of batches.entries()) expect(await alone.run(batch, 1e-2)).toBe(losses[index]);
    expect(await together.weights()).toEqual(await alone.weights());
    await together.dispose();
    await alone.dispose();
  });

  it('asks for no memory after the first step, and gives all back in the end', async () => {
    const context = await testDevice();
    if (typeof context === 'string') throw new Error(context);
    const made = vi.spyOn(context.device, 'createBuffer');
    const step = await gpuStep(stepOrder(smallUnet({ widths: [2, 3] }), { seed: 1 }));
    const batch = randomBatch(1, 16, 16, 3);
    await step.run(batch, 1e-3);
    const { length } = made.mock.calls;
    for (let i = 0; i < 20; i++) await step.run(batch, 1e-3);
    expect(made.mock.calls).toHaveLength(length);
    await step.predict(batch.images, 1, 16, 16);
    await step.weights();
    const destroyed = made.mock.results.map(({ value }) => vi.spyOn(value as GPUBuffer, 'destroy'));
    await step.dispose();
    // All but the two that answers were read through, which have gone already.
    expect(destroyed.filter((destroy) => destroy.mock.calls.length > 0)).toHaveLength(destroyed.length - 2);
    made.mockRestore();
  });

  it('learns nothing where nothing counts', async () => {
    const step = await gpuStep(stepOrder(smallUnet({ widths: [2, 3] }), { seed: 1 }));
    const batch = randomBatch(1, 16, 16, 3);
    expect(await step.run({ ...batch, masks: batch.masks.map(() => 2) }, 1e-3)).toBeCloseTo(0, 6);
    for (const { data } of await firstMoments(step)) expect(data.every((value) => value === 0)).toBe(true);
    await step.dispose();
  });

  it('refuses an image that its poolings do not divide, and lives on', async () => {
    const step = await gpuStep(stepOrder(smallUnet({ widths: [2, 3] }), { seed: 1 }));
    await expect(step.run(randomBatch(1, 15, 16, 3), 1e-3)).rejects.toThrow(
      'Layer down1_pool cannot halve 15 x 16 pixels at an input of 15 x 16 pixels.',
    );
    expect(await step.run(randomBatch(1, 16, 16, 3), 1e-3)).toBeGreaterThan(0);
    await step.dispose();
  });

  it('refuses a batch for which the memory does not suffice, says so, and lives on', async () => {
    const step = await gpuStep(stepOrder(smallUnet({ widths: [64, 2] }), { seed: 1 }));
    const huge = { size: 8, height: 1024, width: 960, channels: 3 };
    const empty = { images: new Float32Array(0), masks: new Uint8Array(0) };
    await expect(step.run({ ...huge, ...empty }, 1e-3)).rejects.toThrow(/^out of memory/);
    expect(await step.run(randomBatch(1, 16, 16, 3), 1e-3)).toBeGreaterThan(0);
    await step.dispose();
  });
});
