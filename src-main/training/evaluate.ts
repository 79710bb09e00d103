import type { SampleSource } from '#common/dataset/dataset.ts';
import { throwIfCancelled } from '#common/errors.ts';
import type { TileOptions } from '#common/preparation/tiles.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { Accuracy } from '#common/training/training.ts';
import { SampleCache, type PreparedSample } from './sampleCache.ts';
import { countPixels, scoreImages, type PixelCounts } from './scoreImages.ts';
import { segmentImage, type Predictor } from './segmentImage.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

/** One segmented image, handed out while it is in memory. */
export interface SegmentedImage {
  /** Index in the source. */
  readonly index: number;
  readonly sample: PreparedSample;
  /** Foreground probability per pixel. */
  readonly probabilities: Float32Array;
  readonly counts: PixelCounts;
}

export interface EvaluateOptions {
  /** Which samples; all when absent. */
  readonly indices?: readonly number[];
  readonly tiles?: TileOptions;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Receives every image's probability map, for overlays and verification. */
  readonly onImage?: (image: SegmentedImage) => void | Promise<void>;
}

/**
 * Segments whole images and scores them against their masks; one image is in memory at a time.
 * @throws CancelledError between two images, RangeError for an empty source, what the source throws for its files.
 */
export async function evaluate(
  predictor: Predictor,
  samples: SampleSource | SampleCache,
  options: EvaluateOptions = {},
): Promise<Accuracy> {
  const { tiles, signal, onProgress, onImage } = options;
  const cache = samples instanceof SampleCache ? samples : new SampleCache(samples, 0);
  const indices = options.indices ?? Array.from({ length: cache.length }, (_, index) => index);
  const counts: PixelCounts[] = [];
  const started = performance.now();
  for (const index of indices) {
    throwIfCancelled(signal, 'Testing the network');
    const sample = await cache.load(index, signal);
    const probabilities = await segmentImage(predictor, sample, tiles);
    const count = countPixels(sample.name, probabilities, sample.mask);
    counts.push(count);
    await onImage?.({ index, sample, probabilities, counts: count });
    const seconds = (performance.now() - started) / 1000;
    onProgress?.({
      stage: 'Testing the network',
      done: counts.length,
      total: indices.length,
      unit: 'images',
      secondsLeft: (seconds / counts.length) * (indices.length - counts.length),
    });
    await yieldToEventLoop();
  }
  return scoreImages(counts);
}
