import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, hasCode, throwIfCancelled } from '#common/errors.ts';
import type { NetworkCard } from '#common/use/networkCard.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { SegmentedPage, SegmentResult } from '#contract/jobs/segmentKind.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { ruleForMasks } from '../../dataset/masks/ruleForMasks.ts';
import type { MaskRule } from '#common/dataset/reading.ts';
import { decodeMasks, openMasks, openPair } from '../../dataset/pairing/pairFiles.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import type { OutputFiles } from '../../files/outputFiles.ts';
import { dice, iou } from '../../training/scoreImages.ts';
import type { Predictor } from '../../training/segmentImage.ts';
import { encodeGrey, encodeOverlay, toBlackAndWhite } from '../../use/encodePage.ts';
import { type ImageToSegment, imagesToSegment } from '../../use/imagesToSegment.ts';
import { measurementsCsv } from '../../use/measurementsCsv.ts';
import { type ResultPaths, resultPaths } from '../../use/resultPaths.ts';
import { SegmentationJournal } from '../../use/segmentationJournal.ts';
import { openImage, type OpenedImage, segmentPage } from '../../use/openedImage.ts';
import type { PageFinding } from '../../use/segmentPage.ts';
import { segmentationSummary } from '../../use/segmentationSummary.ts';
import { yieldToEventLoop } from '../../training/yieldToEventLoop.ts';

/** Longer side of overlays in pixels. */
const OVERLAY = 1600;
const WHAT = 'Segmenting images';

type Settings = Pick<RequestOf<'segment'>, 'out' | 'threshold' | 'scale' | 'probabilities' | 'overlays'>;

interface Segmentation {
  readonly predictor: Predictor;
  readonly card: NetworkCard;
  readonly source: DatasetSource;
  readonly request: Settings;
  readonly outputs: OutputFiles;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/**
 * Segments all images of a source and writes what was found, page by page: what was done is not done again, one bad image does not stop
 * the others, and nothing of the source is changed.
 * @throws results-of-another, folder-not-empty, output-among-images, nothing-to-segment, target-unwritable, out-of-memory
 */
export async function segmentSource(run: Segmentation): Promise<SegmentResult> {
  const { card, source, request, outputs, signal, onProgress } = run;
  const started = performance.now();
  const threshold = request.threshold ?? card.preparation.threshold;
  const check = (): void => throwIfCancelled(signal, WHAT);
  const images = await imagesToSegment(source, request.out, check);
  const rule = await ruleForMasks(
    source,
    images.map(({ masks }) => masks),
    check,
  );
  const settings = [card.weights, threshold, request.scale, request.probabilities, request.overlays].join(
    ' ',
  );
  const journal = await SegmentationJournal.open(request.out, settings);
  const paths = resultPaths(images.map(({ path }) => path));
  const pages: SegmentedPage[] = [];
  const failed: { image: string; failure: ReturnType<typeof failureOf> }[] = [];
  let resumed = 0;
  const tell = (done: number, path: string): void => {
    const seconds = (performance.now() - started) / 1000;
    const fresh = done - resumed;
    onProgress({
      stage: WHAT,
      done: Math.floor(done),
      total: images.length,
      unit: 'images',
      secondsLeft: fresh > 0 ? (seconds / fresh) * (images.length - done) : null,
      message: path,
    });
  };
  for (const [index, image] of images.entries()) {
    throwIfCancelled(signal, WHAT);
    tell(index, image.path);
    const names = paths.get(image.path);
    if (!names) throw new Error(`${image.path} got no name for its results.`);
    try {
      const opened = await openImage(source, image.path, card.images);
      for (let page = 0; page < opened.pages; page += 1) {
        throwIfCancelled(signal, WHAT);
        const number = opened.pages > 1 ? page + 1 : null;
        const known = journal.done(opened.content, { image: image.path, page: number });
        if (known && (await isThere(request, names, number))) {
          pages.push(known);
          resumed += 1;
          continue;
        }
        const onPart = (part: number): void => {
          throwIfCancelled(signal, WHAT);
          tell(index + (page + part) / opened.pages, image.path);
        };
        const finding = await segmentOne(run, image, rule, opened, page, threshold, onPart);
        const entry = await written(run, image.path, number, names, opened, finding);
        await journal.add(opened.content, entry);
        pages.push(entry);
        await yieldToEventLoop();
      }
    } catch (error) {
      if (
        hasCode(error, 'cancelled') ||
        hasCode(error, 'target-unwritable') ||
        hasCode(error, 'out-of-memory')
      ) {
        throw error;
      }
      failed.push({ image: image.path, failure: failureOf(error) });
    }
  }
  const table = join(request.out, 'measurements.csv');
  const summary = join(request.out, 'summary.md');
  const seconds = (performance.now() - started) / 1000;
  const result = { table, summary, pages, failed, resumed, threshold, seconds };
  await outputs.write(table, measurementsCsv(pages));
  await outputs.write(summary, segmentationSummary(card, result));
  return result;
}

async function isThere(request: Settings, names: ResultPaths, page: number | null): Promise<boolean> {
  const wanted = [
    names.mask(page),
    ...(request.probabilities ? [names.probability(page)] : []),
    ...(request.overlays ? [names.overlay(page)] : []),
  ];
  const found = await Promise.all(
    wanted.map((path) =>
      access(join(request.out, path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

async function segmentOne(
  { predictor, card, source, request }: Segmentation,
  { path, masks }: ImageToSegment,
  rule: MaskRule,
  opened: OpenedImage,
  page: number,
  threshold: number,
  onPart: (done: number) => void,
): Promise<PageFinding> {
  const drawnMask = async () => {
    if (masks.length === 0) return null;
    const reading = { ...(card.images ?? PLAIN_READING), masks: rule };
    // Whether the mask of a volume lies on it is told by both.
    const files = /\.nii(\.gz)?$/i.test(path)
      ? (await openPair(source, { image: path, masks }, reading)).masks
      : await openMasks(source, masks, reading);
    const { mask, width, height } = await decodeMasks(files, page, reading);
    return { width, height, foreground: mask.foreground };
  };
  return segmentPage(predictor, card, source, { path, opened, page }, drawnMask, request.out, {
    threshold,
    scale: request.scale,
    probability: request.probabilities,
    picture: request.overlays ? OVERLAY : 0,
    at: 'page',
    onPart,
  });
}

/** Writes what was found in a page. @returns its line of the table */
async function written(
  { request, outputs }: Segmentation,
  image: string,
  page: number | null,
  names: ResultPaths,
  { pixelSize: side }: OpenedImage,
  { width, height, sink, size, unlike, picture, drawn }: PageFinding,
): Promise<SegmentedPage> {
  const own = { width, height };
  const { area, areas } = sink.found();
  const counts = sink.counts();
  if (picture) {
    const overlay = await encodeOverlay(picture, { found: sink.mask, drawn }, own);
    await outputs.write(join(request.out, names.overlay(page)), overlay);
  }
  if (sink.probability) {
    const name = names.probability(page);
    await outputs.write(join(request.out, name), await encodeGrey(sink.probability, own, name, side));
  }
  const mask = names.mask(page);
  const bytes = await encodeGrey(toBlackAndWhite(sink.mask), own, mask, side);
  await outputs.write(join(request.out, mask), bytes);
  return {
    image,
    page,
    width,
    height,
    mask,
    area,
    objects: areas.length,
    meanObject: areas.length === 0 ? 0 : area / areas.length,
    medianObject: areas[areas.length >> 1] ?? 0,
    largestObject: areas[0] ?? 0,
    pixelSize: side,
    scale: size.by,
    unlike,
    dice: counts && dice(counts),
    iou: counts && iou(counts),
  };
}
