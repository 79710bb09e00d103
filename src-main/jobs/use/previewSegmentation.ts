import { rm } from 'node:fs/promises';
import { failureOf, hasCode, throwIfCancelled } from '#common/errors.ts';
import { evenlySpaced } from '#common/evenlySpaced.ts';
import type { NetworkCard } from '#common/use/networkCard.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { SegmentationPreview } from '#contract/jobs/segmentKind.ts';
import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import { temporaryFolder } from '../../files/temporaryFolder.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import type { Predictor } from '../../training/segmentImage.ts';
import { imagesToSegment } from '../../use/imagesToSegment.ts';
import { openImage, segmentPage } from '../../use/openedImage.ts';
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
      const folder = await temporaryFolder();
      try {
        const images = await imagesToSegment(source, null);
        const chosen = evenlySpaced(images.length, request.most).flatMap((index) => images[index] ?? []);
        const previews: SegmentationPreview[] = [];
        const failed: { image: string; failure: ReturnType<typeof failureOf> }[] = [];
        await withPredictor(engine, card.network, weights, async (predictor) => {
          for (const [done, { path }] of chosen.entries()) {
            const total = chosen.length;
            const onPart = (part: number): void => {
              throwIfCancelled(signal, WHAT);
              onProgress({ stage: WHAT, done: done + part, total, unit: 'images', secondsLeft: null });
            };
            onPart(0);
            try {
              const seen = { path, scale: request.scale, folder, onPart };
              previews.push(await preview(predictor, card, source, seen));
            } catch (error) {
              if (hasCode(error, 'cancelled')) throw error;
              failed.push({ image: path, failure: failureOf(error) });
            }
          }
        });
        return { images: images.length, threshold: card.preparation.threshold, previews, failed };
      } finally {
        await source.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

interface Seen {
  readonly path: string;
  readonly scale: RequestOf<'preview-segmentation'>['scale'];
  /** For what is kept on disk meanwhile. */
  readonly folder: string;
  readonly onPart: (done: number) => void;
}

async function preview(
  predictor: Predictor,
  card: NetworkCard,
  source: DatasetSource,
  { path, scale, folder, onPart }: Seen,
): Promise<SegmentationPreview> {
  const { threshold } = card.preparation;
  const opened = await openImage(source, path, card.images);
  const { picture, sink, unlike } = await segmentPage(
    predictor,
    card,
    source,
    { path, opened, page: 0 },
    () => Promise.resolve(null),
    folder,
    { threshold, scale, probability: true, picture: LONGEST, at: 'picture', onPart },
  );
  if (!picture || !sink.probability) throw new Error('A preview needs a picture and a map.');
  const { width, height } = picture;
  const shown = await sharp(picture.pixels, { raw: { width, height, channels: 3 } })
    .webp({ quality: 85 })
    .toBuffer();
  const map = await sharp(sink.probability, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  return {
    image: path,
    width,
    height,
    picture: `data:image/webp;base64,${shown.toString('base64')}`,
    probability: `data:image/png;base64,${map.toString('base64')}`,
    unlike,
  };
}
