import type { SampleSource } from '#common/dataset/dataset.ts';
import { throwIfCancelled } from '#common/errors.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { Engine } from '../engine/Engine.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import { firstWeights } from '../network/firstWeights.ts';
import { batches } from '../training/batches.ts';
import { epochPlan } from '../training/epochPlan.ts';
import { Random } from '#common/random.ts';
import { HeldSamples } from '../training/heldSamples.ts';
import { learnFrom, STEPS_AHEAD } from '../training/learnFrom.ts';
import { LossQueue } from '../training/lossQueue.ts';
import { SampleCache } from '../training/sampleCache.ts';
import { yieldToEventLoop } from '../training/yieldToEventLoop.ts';

const WARM_UP = 1;
const TIMED = 5;
/** Slow steps vary less, and cost more to repeat. */
const ENOUGH_MILLISECONDS = 1500;
const LEARNING_RATE = 1e-3;

/**
 * Median milliseconds of a warm training step, crops cut and augmented as in
 * training, from noise instead of images: time does not depend on what they show.
 * @throws CancelledError between two steps
 */
export async function measureStep(
  engine: Engine,
  network: NetworkSpec,
  recipe: TrainingRecipe,
  signal?: AbortSignal,
): Promise<number> {
  const layers = describeNetwork(network);
  const weights = firstWeights(layers, 0);
  const step = await engine.openStep({ layers, weights, loss: { foregroundWeight: 1 }, seed: 0 });
  try {
    const cache = new SampleCache(noise(recipe.crop, network.channels));
    const held = step.holder ? new HeldSamples(step.holder) : null;
    // The first steps of a device that answers later only fill its queue.
    const warmUp = WARM_UP + (held ? STEPS_AHEAD : 0);
    const plan = epochPlan(cache.length, (warmUp + TIMED) * recipe.batch, Random.fromSeed(1));
    const losses = new LossQueue();
    const times: number[] = [];
    let started = performance.now();
    let timed = 0;
    for await (const batch of batches(cache, plan, recipe, signal, held)) {
      throwIfCancelled(signal, 'Measuring a training step');
      losses.add(learnFrom(step, batch, LEARNING_RATE));
      await losses.take(STEPS_AHEAD);
      await yieldToEventLoop();
      const now = performance.now();
      times.push(now - started);
      if (times.length > warmUp) timed += now - started;
      if (timed > ENOUGH_MILLISECONDS) break;
      started = now;
    }
    await losses.take(0);
    const warm = times.slice(warmUp).sort((a, b) => a - b);
    return warm[warm.length >> 1] ?? Number.NaN;
  } finally {
    await step.dispose();
  }
}

/** A source of one image of noise, a little larger than the crops, with half of it foreground. */
function noise(crop: number, channels: 1 | 3): SampleSource {
  const side = crop + crop / 4;
  const random = Random.fromSeed(2);
  const image = Float32Array.from({ length: side * side * channels }, () => random.word() / 2 ** 32);
  const mask = Uint8Array.from({ length: side * side }, (_, i) => (i % side < side / 2 ? 1 : 0));
  return {
    length: 1,
    channels,
    load: () => Promise.resolve({ name: 'noise', width: side, height: side, channels, image, mask }),
  };
}
