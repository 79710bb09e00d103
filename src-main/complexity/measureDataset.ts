import type { Complexity } from '#common/dataset/complexity.ts';
import type { SampleSource, WorkingSample } from '#common/dataset/dataset.ts';
import { throwIfCancelled } from '#common/errors.ts';
import type { OnProgress } from '#contract/progress.ts';
import { complexityKernels } from './complexityKernels.ts';
import { measureBatch } from './measureBatch.ts';

/** Two batches are in memory at a time, one being decoded and one being measured. */
const LARGEST_BATCH = 32;

export interface MeasureDatasetOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Indices whose values are known (an earlier, interrupted run of the same recipe); they are skipped. */
  readonly already?: { has(index: number): boolean };
}

export interface MeasuredSample {
  /** Index in the source. */
  readonly index: number;
  readonly name: string;
  readonly complexity: Complexity;
}

/**
 * Measures every sample of `source` that is not in `already`, in order of index, decoding the next batch while one is
 * measured. Memory is bounded by two batches of at most 32 images, whatever the length of the source. Store each value
 * as it comes: what was yielded before a cancellation or an error is final.
 * @throws CancelledError when `signal` aborts; sample-unusable; whatever `source.load` throws.
 */
export async function* measureDataset(
  source: SampleSource,
  { signal, onProgress, already }: MeasureDatasetOptions = {},
): AsyncGenerator<MeasuredSample> {
  const what = 'Measuring complexity';
  const todo = Array.from({ length: source.length }, (_, index) => index).filter(
    (index) => !already?.has(index),
  );
  const batchLength = Math.min(LARGEST_BATCH, 2 * complexityKernels().threadCount());
  const load = (first: number): Promise<WorkingSample[]> => {
    const batch = Promise.all(
      todo.slice(first, first + batchLength).map((index) => source.load(index, signal)),
    );
    batch.catch(() => undefined); // awaited a round later, or never when the consumer stops
    return batch;
  };
  const started = performance.now();
  let next = load(0);
  for (let first = 0; first < todo.length; first += batchLength) {
    throwIfCancelled(signal, what);
    const samples = await next;
    next = load(first + batchLength);
    const values = await measureBatch(samples);
    for (const [i, complexity] of values.entries()) {
      throwIfCancelled(signal, what);
      yield { index: todo[first + i] ?? -1, name: samples[i]?.name ?? '', complexity };
    }
    const done = first + values.length;
    const seconds = (performance.now() - started) / 1000;
    onProgress?.({
      stage: what,
      done: source.length - todo.length + done,
      total: source.length,
      unit: 'images',
      secondsLeft: (seconds / done) * (todo.length - done),
      figures: { imagesPerSecond: done / seconds },
    });
  }
}
