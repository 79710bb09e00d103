import type { DrawnMask, TestSource } from '#common/dataset/dataset.ts';
import { throwIfCancelled } from '#common/errors.ts';
import { IGNORED } from '#common/dataset/marks.ts';
import { PREPARATION } from '#common/preparation/preparation.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { TestAccuracy } from '#common/training/training.ts';
import { resampleRows, type Size } from '../dataset/working/resampleRows.ts';
import { countPixels, type PixelCounts, scoreImages } from './scoreImages.ts';
import { type Predictor, segmentImage } from './segmentImage.ts';
import { standardise } from './standardise.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

export interface TestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Accuracy of a network as its user meets it: the probability map of every image is brought to the image's own size, cut at one half
 * and compared with the mask as it was drawn. The accuracy at the working resolution stands beside it. One image is in memory at
 * a time, and of its enlarged map one row.
 * @throws CancelledError between two images, RangeError for an empty source, what the source throws for its files.
 */
export async function testNetwork(
  predictor: Predictor,
  source: TestSource,
  { signal, onProgress }: TestOptions = {},
): Promise<TestAccuracy> {
  const what = 'Testing the network';
  const own: PixelCounts[] = [];
  const working: PixelCounts[] = [];
  const started = performance.now();
  for (let index = 0; index < source.length; index += 1) {
    throwIfCancelled(signal, what);
    const { sample, drawn } = await source.loadDrawn(index, signal);
    const image = standardise(sample.image, sample.channels);
    const probabilities = await segmentImage(predictor, { ...sample, image });
    working.push(countPixels(sample.name, probabilities, sample.mask));
    own.push(countDrawn(sample.name, probabilities, sample, drawn));
    const done = index + 1;
    const seconds = (performance.now() - started) / 1000;
    onProgress?.({
      stage: what,
      done,
      total: source.length,
      unit: 'images',
      secondsLeft: (seconds / done) * (source.length - done),
    });
    await yieldToEventLoop();
  }
  const { dice, iou } = scoreImages(working);
  return { ...scoreImages(own), working: { dice, iou } };
}

/**
 * Counts one image at its own size.
 * @param probabilities foreground probabilities at the size `from`
 */
export function countDrawn(
  name: string,
  probabilities: Float32Array,
  from: Size,
  drawn: DrawnMask,
): PixelCounts {
  let [both, predictedOnly, referenceOnly] = [0, 0, 0];
  resampleRows(probabilities, from, drawn, (row, y, unit) => {
    const cut = PREPARATION.threshold * unit;
    const start = y * drawn.width;
    for (let x = 0; x < row.length; x += 1) {
      const predicted = (row[x] ?? 0) > cut;
      const mark = drawn.foreground[start + x];
      if (mark === 1) {
        if (predicted) both += 1;
        else referenceOnly += 1;
      } else if (predicted && mark !== IGNORED) predictedOnly += 1;
    }
  });
  return { name, both, predictedOnly, referenceOnly };
}
