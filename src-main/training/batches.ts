import type { TrainingRecipe } from '#common/training/training.ts';
import type { Batch, CropBatch } from '../engine/trainingStep.ts';
import { cropMarks, cropSample, drawPlacement } from './cropSample.ts';
import type { Draw } from './epochPlan.ts';
import type { HeldSamples } from './heldSamples.ts';
import { drawJitter, jitterIntensity } from './jitterIntensity.ts';
import { Random } from '#common/random.ts';
import { marksOf } from './softMarks.ts';
import type { PreparedSample, SampleCache } from './sampleCache.ts';

/** Sets the numbers that marks are drawn by apart from those of placement and intensity. */
const MARKS = 0x5eed;

type BatchRecipe = Pick<TrainingRecipe, 'crop' | 'batch' | 'augmentation'>;

/** What a step learns from next. */
export type NextBatch = Batch | CropBatch;

/**
 * The batches of a plan in order: cut here, or by the device where it holds all images of a batch. While one is being learnt from, the images of the next are already being decoded.
 * @throws what the sample source throws for a file that cannot be read.
 */
export function batches(
  cache: SampleCache,
  plan: readonly Draw[],
  recipe: BatchRecipe,
  signal?: AbortSignal,
): AsyncGenerator<Batch, void, undefined>;
export function batches(
  cache: SampleCache,
  plan: readonly Draw[],
  recipe: BatchRecipe,
  signal: AbortSignal | undefined,
  held: HeldSamples | null,
): AsyncGenerator<NextBatch, void, undefined>;
export async function* batches(
  cache: SampleCache,
  plan: readonly Draw[],
  recipe: BatchRecipe,
  signal?: AbortSignal,
  held: HeldSamples | null = null,
): AsyncGenerator<NextBatch, void, undefined> {
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
    const own = draws.flatMap(({ index }, slot) => {
      const sample = samples[slot];
      return sample ? [[index, sample] as const] : [];
    });
    yield (await held?.holds(own)) ? describeCrops(own, draws, recipe) : cutCrops(samples, draws, recipe);
  }
}

/** A batch of crops that the device cuts, by the numbers that `cutCrops` would draw. */
function describeCrops(
  samples: readonly (readonly [index: number, sample: PreparedSample])[],
  draws: readonly Draw[],
  { crop, augmentation }: BatchRecipe,
): CropBatch {
  // Marks that a teacher has a part in are drawn anew for every crop, one after the other: that is no work for a card.
  const taught = samples.some(([, { teacher }]) => teacher !== undefined);
  const masks = taught ? new Uint8Array(samples.length * crop ** 2) : undefined;
  const crops = samples.map(([index, sample], slot) => {
    const seed = draws[slot]?.seed ?? 0;
    const random = Random.fromSeed(seed);
    const placement = drawPlacement(sample, crop, augmentation !== 'none', random);
    const { top, left, symmetry } = placement;
    if (masks) cropMarks(sample, placement, slot, masks, marksOf(sample, Random.fromSeed(seed ^ MARKS)));
    return {
      sample: index,
      top,
      left,
      symmetry,
      jitter: augmentation === 'full' ? drawJitter(random) : null,
    };
  });
  const batch = { size: crops.length, side: crop, channels: samples[0]?.[1].channels ?? 1, crops };
  return masks ? { ...batch, masks } : batch;
}

function cutCrops(
  samples: readonly PreparedSample[],
  draws: readonly Draw[],
  { crop, augmentation }: BatchRecipe,
): Batch {
  const channels = samples[0]?.channels ?? 1;
  const images = new Float32Array(draws.length * crop * crop * channels);
  const masks = new Uint8Array(draws.length * crop * crop);
  for (const [slot, sample] of samples.entries()) {
    const random = Random.fromSeed(draws[slot]?.seed ?? 0);
    cropSample(
      sample,
      drawPlacement(sample, crop, augmentation !== 'none', random),
      slot,
      images,
      masks,
      marksOf(sample, Random.fromSeed((draws[slot]?.seed ?? 0) ^ MARKS)),
    );
    if (augmentation === 'full') {
      const values = crop * crop * channels;
      jitterIntensity(images.subarray(slot * values, (slot + 1) * values), random);
    }
  }
  return { size: draws.length, height: crop, width: crop, channels, images, masks };
}
