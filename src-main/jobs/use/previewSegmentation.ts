import { failureOf, hasCode, throwIfCancelled } from '#common/errors.ts';
import { evenlySpaced } from '#common/evenlySpaced.ts';
import type { NetworkCard } from '#common/use/networkCard.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { SegmentationPreview } from '#contract/jobs/segmentKind.ts';
import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import type { Predictor } from '../../training/segmentImage.ts';
import { imagesToSegment } from '../../use/imagesToSegment.ts';
import { segmentWholePage } from '../../use/segmentPage.ts';
import { chosenSource } from '../dataset/chosenSource.ts';
import type { Job } from '../job.ts';
import { withPredictor } from '../training/withPredictor.ts';
import { usableNetwork } from './usableNetwork.ts';

/** Longer side of a preview in pixels. */
const LONGEST = 768;
const WHAT = 'Segmenting some of the images';

/** Segments a few images, evenly spaced among all, to be looked at. Nothing is written. */
export function previewSegmentation(
  request: RequestOf<'preview-segmentation'>,
  project: Project,
): Job<ResultOf<'preview-segmentation'>> {
  return {
    async run(signal, onProgress) {
      const { card, weights } = await usableNetwork(project, request.network, signal);
      const engine = await openEngine('native');
      const source = await chosenSource(request);
      try {
        const images = await imagesToSegment(source, null);
        const chosen = evenlySpaced(images.length, request.most).flatMap((index) => images[index] ?? []);
        const previews: SegmentationPreview[] = [];
        const failed: { image: string; failure: ReturnType<typeof failureOf> }[] = [];
        await withPredictor(engine, card.network, weights, async (predictor) => {
          for (const [done, { path }] of chosen.entries()) {
            throwIfCancelled(signal, WHAT);
            const total = chosen.length;
            onProgress({ stage: WHAT, done, total, unit: 'images', secondsLeft: null });
            try {
              previews.push(await preview(predictor, card, source, path, request.scale));
            } catch (error) {
              if (hasCode(error, 'cancelled')) throw error;
              failed.push({ image: path, failure: failureOf(error) });
            }
          }
        });
        return { images: images.length, threshold: card.preparation.threshold, previews, failed };
      } finally {
        await source.close();
      }
    },
  };
}

async function preview(
  predictor: Predictor,
  card: NetworkCard,
  source: DatasetSource,
  path: string,
  scale: RequestOf<'preview-segmentation'>['scale'],
): Promise<SegmentationPreview> {
  const { threshold } = card.preparation;
  const options = { threshold, scale, probability: true, picture: LONGEST, onPart: () => undefined };
  const file = { path, bytes: await source.read(path), page: 0 };
  const { picture, sink, width, height, unlike } = await segmentWholePage(
    predictor,
    card,
    file,
    null,
    options,
  );
  if (!picture || !sink.probability) throw new Error('A preview needs a picture and a map.');
  const size = { width: picture.width, height: picture.height };
  const shown = await sharp(picture.pixels, { raw: { ...size, channels: 3 } })
    .webp({ quality: 85 })
    .toBuffer();
  const map = await sharp(sink.probability, { raw: { width, height, channels: 1 } })
    .resize(size.width, size.height, { fit: 'fill' })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  return {
    image: path,
    ...size,
    picture: `data:image/webp;base64,${shown.toString('base64')}`,
    probability: `data:image/png;base64,${map.toString('base64')}`,
    unlike,
  };
}
