import { CcnetError } from '#common/errors.ts';
import { PREPARATION } from '#common/preparation/preparation.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { Engine } from '../../engine/Engine.ts';
import type { VerificationImage } from '../../export/verification.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { SampleCache } from '../../training/sampleCache.ts';
import { windowOf } from '../../training/windowOf.ts';
import { withPredictor } from '../training/withPredictor.ts';
import { withSamples } from '../dataset/withSamples.ts';

/** Test images on which an export is run again. */
const IMAGES = 3;
const SIZE_MULTIPLE = PREPARATION.sideMultiple;
/** Larger images are verified on their upper left part. */
const LARGEST_SIDE = 512;

/**
 * The first test images, padded as inference pads them, with what the trained network says of them.
 * @throws split-empty without any: what was not run again is not kept
 */
export async function verificationImages(
  project: Project,
  engine: Engine,
  dataset: DatasetRecord,
  record: TrainedNetworkRecord,
  weights: readonly NamedTensor[],
  signal: AbortSignal,
): Promise<VerificationImage[]> {
  return withSamples(
    project,
    dataset,
    { workingSide: record.recipe.workingSide, fold: record.fold },
    (samplesOf) =>
      withPredictor(engine, record.network, weights, async (predictor) => {
        const cache = new SampleCache(samplesOf('test'), 0);
        if (cache.length === 0) throw new CcnetError('split-empty', { split: 'test' });
        const images: VerificationImage[] = [];
        for (let i = 0; i < Math.min(IMAGES, cache.length); i++) {
          const sample = await cache.load(i, signal);
          const padded = (length: number): number =>
            Math.min(LARGEST_SIDE, Math.ceil(length / SIZE_MULTIPLE) * SIZE_MULTIPLE);
          const [height, width] = [padded(sample.height), padded(sample.width)];
          const image = windowOf(sample.image, sample, { top: 0, left: 0, height, width });
          const foreground = await predictor.predict(image, 1, height, width);
          images.push({ height, width, channels: record.network.channels, image, foreground });
        }
        return images;
      }),
  );
}
