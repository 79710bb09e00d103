import type { TrainingRecipe } from '#common/training/training.ts';
import type { Batch } from '../engine/trainingStep.ts';
import { cropSample, drawPlacement } from './cropSample.ts';
import type { Draw } from './epochPlan.ts';
import { jitterIntensity } from './jitterIntensity.ts';
import { Random } from '#common/random.ts';
import { marksOf } from './softMarks.ts';
import type { SampleCache } from './sampleCache.ts';

/** Sets the numbers that marks are drawn by apart from those of placement and intensity. */
const MARKS = 0x5eed;

type BatchRecipe = Pick<TrainingRecipe, 'crop' | 'batch' | 'augmentation'>;

/**
 * The batches of a plan in order. While one is being learnt from, the images of the next are already being decoded.
 * @throws what the sample source throws for a file that cannot be read.
 */
export async function* batches(
  cache: SampleCache,
  plan: readonly Draw[],
  recipe: BatchRecipe,
  signal?: AbortSignal,
): AsyncGenerator<Batch, void, undefined> {
  const prepare = (start: number) => {
    const draws = plan.slice(start, start + recipe.batch);
    const loading = Promise.all(draws.map(({ index }) => cache.load(index, signal)));
    // Consumers that stop early never await this one; its failure is then nobody's.
    loading.catch(() => undefined);
    return { draws, loading };
  };
  let next = prepare(0);
  for (let start = 0; start < plan.length; start += recipe.batch) {
    const { draws, loading } = next;
    const samples = await loading;
    next = prepare(start + recipe.batch);
    const { crop } = recipe;
    const images = new Float32Array(draws.length * crop * crop * cache.channels);
    const masks = new Uint8Array(draws.length * crop * crop);
    for (const [slot, sample] of samples.entries()) {
      const random = Random.fromSeed(draws[slot]?.seed ?? 0);
      cropSample(
        sample,
        drawPlacement(sample, crop, recipe.augmentation !== 'none', random),
        slot,
        images,
        masks,
        marksOf(sample, Random.fromSeed((draws[slot]?.seed ?? 0) ^ MARKS)),
      );
      if (recipe.augmentation === 'full') {
        const values = crop * crop * cache.channels;
        jitterIntensity(images.subarray(slot * values, (slot + 1) * values), random);
      }
    }
    yield { size: draws.length, height: crop, width: crop, channels: cache.channels, images, masks };
  }
}
