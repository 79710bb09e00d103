import type { DrawnMask, WorkingSample } from '#common/dataset/dataset.ts';
import { CcnetError, throwIfCancelled } from '#common/errors.ts';
import { PREPARATION } from '#common/preparation/preparation.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import { resampleRows } from '../../dataset/working/resampleRows.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import { scoreObjects } from '../../training/objects/scoreObjects.ts';
import { countPixels, dice, iou } from '../../training/scoreImages.ts';
import { type Predictor, segmentImage } from '../../training/segmentImage.ts';
import { standardise } from '../../training/standardise.ts';
import { yieldToEventLoop } from '../../training/yieldToEventLoop.ts';
import type { Job } from '../job.ts';
import { dealtImages } from '../dataset/dealtImages.ts';
import { withSamples } from '../dataset/withSamples.ts';
import { requireUnedited } from './requireUnedited.ts';
import { withPredictor } from './withPredictor.ts';
import { storedWeights } from './storedWeights.ts';

/** Segments every test image of a trained network at its own size, scores its objects and keeps what was found; what is kept already is not done again. */
export function lookAtTestImages(
  request: RequestOf<'test-images'>,
  project: Project,
): Job<ResultOf<'test-images'>> {
  return {
    async run(signal, onProgress) {
      const record = project.networks.byId(request.network);
      const dataset = record?.datasetId ? project.datasets.byId(record.datasetId) : undefined;
      if (!record || !dataset) throw new CcnetError('network-or-dataset-gone', { network: request.network });
      requireUnedited(project, record, dataset);
      const { fold, recipe } = record;
      const images = dealtImages(project, dataset.id, fold, 'test');
      const known = new Set(project.testImages.ofNetwork(record.id).map(({ image }) => image));
      if (images.every(({ id }) => known.has(id))) return { images: images.length };
      const engine = await openEngine('native');
      const weights = storedWeights(project, record);
      await withSamples(project, dataset, { workingSide: recipe.workingSide, fold }, (samplesOf) =>
        withPredictor(engine, record.network, weights, async (predictor) => {
          const source = samplesOf('test');
          const started = performance.now();
          for (const [index, { id }] of images.entries()) {
            throwIfCancelled(signal, 'Looking at the test images');
            if (!known.has(id)) {
              const { sample, drawn } = await source.loadDrawn(index, signal);
              const found = await foundMask(predictor, sample, drawn);
              const counts = countPixels(sample.name, Float32Array.from(found), drawn.foreground);
              project.testImages.add(
                record.id,
                {
                  image: id,
                  dice: dice(counts),
                  iou: iou(counts),
                  objects: scoreObjects(drawn.foreground, found, drawn),
                },
                await maskPng(found, drawn),
              );
            }
            const done = index + 1;
            onProgress({
              stage: 'Looking at the test images',
              done,
              total: images.length,
              unit: 'images',
              secondsLeft: ((performance.now() - started) / 1000 / done) * (images.length - done),
            });
            await yieldToEventLoop();
          }
        }),
      );
      return { images: images.length };
    },
  };
}

/** What a network finds on an image, at the image's own size: 1 where its probability is above the threshold. */
async function foundMask(predictor: Predictor, sample: WorkingSample, size: DrawnMask): Promise<Uint8Array> {
  const image = standardise(sample.image, sample.channels);
  const probabilities = await segmentImage(predictor, { ...sample, image });
  const found = new Uint8Array(size.width * size.height);
  resampleRows(probabilities, sample, size, (row, y, unit) => {
    const cut = PREPARATION.threshold * unit;
    for (let x = 0; x < row.length; x += 1) if ((row[x] ?? 0) > cut) found[y * size.width + x] = 1;
  });
  return found;
}

/** 0 and 255, one channel. */
async function maskPng(mask: Uint8Array, { width, height }: DrawnMask): Promise<Buffer> {
  const pixels = Buffer.from(mask.map((value) => 255 * value));
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 9 })
    .toBuffer();
}
