import type { Engine } from '../../src-main/engine/Engine.ts';
import { openNative } from '../../src-main/engine/openNative.ts';
import type { CropBatch, HeldSample, TrainingStep } from '../../src-main/engine/trainingStep.ts';
import { cropSample } from '../../src-main/training/cropSample.ts';
import { changeIntensity } from '../../src-main/training/jitterIntensity.ts';

/**
 * The native engine as a card would be: it answers later, holds images, and cuts crops itself; `cut` collects what it was asked for.
 * @param room images that it holds at most
 */
export function holdingEngine(room = Infinity): {
  readonly engine: Engine;
  readonly cut: readonly CropBatch[];
} {
  const native = openNative({});
  const cut: CropBatch[] = [];
  const openStep: Engine['openStep'] = async (order) => {
    const step = await native.openStep(order);
    const held = new Map<number, HeldSample>();
    const later = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
      await Promise.resolve();
      return work();
    };
    const holding: TrainingStep = {
      implementation: 'webgpu',
      holder: {
        hold: (index, sample) => {
          if (held.size >= room) return false;
          held.set(index, sample);
          return true;
        },
        runCrops: (batch, learningRate) =>
          later(() => {
            cut.push(batch);
            const { size, side, channels } = batch;
            const images = new Float32Array(size * side ** 2 * channels);
            const masks = new Uint8Array(size * side ** 2);
            for (const [slot, crop] of batch.crops.entries()) {
              const sample = held.get(crop.sample);
              if (!sample) throw new Error(`Image ${crop.sample} was not sent.`);
              cropSample({ ...sample, name: '' }, { ...crop, side }, slot, images, masks);
              const values = side ** 2 * channels;
              if (crop.jitter)
                changeIntensity(images.subarray(slot * values, (slot + 1) * values), crop.jitter);
            }
            if (batch.masks) masks.set(batch.masks);
            return step.run({ size, height: side, width: side, channels, images, masks }, learningRate);
          }),
      },
      run: (batch, rate) => later(() => step.run(batch, rate)),
      predict: (images, size, height, width) => later(() => step.predict(images, size, height, width)),
      weights: () => step.weights(),
      setWeights: (weights) => step.setWeights(weights),
      optimizer: () => step.optimizer(),
      setOptimizer: (state) => step.setOptimizer(state),
      dispose: () => step.dispose(),
    };
    return holding;
  };
  return { engine: { ...native, openStep }, cut };
}
