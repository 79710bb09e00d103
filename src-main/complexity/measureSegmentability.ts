import { objectMask } from '#common/dataset/marks.ts';
import type { SampleSource, WorkingSample } from '#common/dataset/dataset.ts';
import type { PixelClassifier, Segmentability } from '#common/dataset/segmentability.ts';
import { mean } from '#common/statistics/mean.ts';
import { throwIfCancelled } from '#common/errors.ts';
import { evenlySpaced } from '#common/evenlySpaced.ts';
import type { OnProgress } from '#contract/progress.ts';
import { mapConcurrently } from '../dataset/mapConcurrently.ts';
import { complexityKernels, type MeasuredClassifier } from './complexityKernels.ts';

/** Images that are looked at; half of them teach, the other half test. */
const IMAGES = 20;
/** Fixes which pixels are drawn. */
const SEED = 1;
const WHAT = 'Testing what brightness, colour and texture tell';
const PROGRESS_MS = 200;

export interface SegmentabilityOptions {
  /** The most images that are looked at; 20. */
  readonly images?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/**
 * Linear segmentability of a source (docs/complexity.md), of some images that are evenly spaced over it: give it the
 * training images. Works on all cores; the same at any number of threads.
 * @throws CancelledError when `signal` aborts; whatever `source.load` throws.
 */
export async function measureSegmentability(
  source: SampleSource,
  { images: most = IMAGES, signal, onProgress }: SegmentabilityOptions = {},
): Promise<Segmentability> {
  const chosen = evenlySpaced(source.length, most);
  // Three times over each image: it is read, learnt from and tested.
  const tell = (steps: number): void => {
    const done = Math.floor(steps / 3);
    onProgress?.({ stage: WHAT, done, total: chosen.length, unit: 'images', secondsLeft: null });
  };
  let loaded = 0;
  tell(loaded);
  const samples = await mapConcurrently(chosen, complexityKernels().threadCount(), async (index) => {
    throwIfCancelled(signal, WHAT);
    const sample = await source.load(index, signal);
    tell((loaded += 1));
    return sample;
  });
  const ways = await measure(samples, signal, (steps) => {
    tell(loaded + steps);
  });
  const [{ dice, classifiers }] = ways;
  return {
    value: meanOfKnown(chosen.map((_, i) => meanOfKnown(ways.map((way) => known(way.dice[i]))))),
    images: chosen.map((index, i) => ({ index, dice: known(dice[i]) })),
    classifiers: [storable(classifiers[0]), storable(classifiers[1])],
  };
}

const known = (dice: number | undefined): number | null =>
  dice === undefined || Number.isNaN(dice) ? null : dice;

function meanOfKnown(values: readonly (number | null)[]): number | null {
  const all = values.flatMap((value) => value ?? []);
  return all.length > 0 ? mean(all) : null;
}

/**
 * What a pixel classifier says of an image, beside which its mask can be looked at.
 * @returns height * width probabilities of foreground
 */
export async function probabilityMap(
  sample: Omit<WorkingSample, 'name' | 'mask'>,
  { weights, intercept }: PixelClassifier,
): Promise<Float32Array> {
  const probabilities = new Float32Array(sample.width * sample.height);
  const model = { weights: Float64Array.from(weights), intercept };
  await complexityKernels().pixelProbabilities(sample, model, probabilities);
  return probabilities;
}

async function measure(
  samples: readonly WorkingSample[],
  signal: AbortSignal | undefined,
  onSteps: (steps: number) => void,
): ReturnType<ReturnType<typeof complexityKernels>['measureSegmentability']> {
  throwIfCancelled(signal, WHAT);
  const state = new Int32Array(2);
  const stop = (): void => {
    state[0] = 1;
  };
  signal?.addEventListener('abort', stop);
  const timer = setInterval(() => {
    onSteps(state[1] ?? 0);
  }, PROGRESS_MS);
  try {
    const measured = await complexityKernels().measureSegmentability(
      samples.map((sample) => ({ ...sample, mask: objectMask(sample.mask) })),
      SEED,
      state,
    );
    throwIfCancelled(signal, WHAT);
    return measured;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function storable(classifier: MeasuredClassifier | null): PixelClassifier | null {
  return classifier && { ...classifier, weights: Array.from(classifier.weights) };
}
