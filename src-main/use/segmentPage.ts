import { join } from 'node:path';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import type { ImageReading } from '#common/dataset/reading.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { CcnetError } from '#common/errors.ts';
import { inferenceSize, type InferenceSize, type Scale } from '#common/use/inferenceScale.ts';
import type { NetworkCard } from '#common/use/networkCard.ts';
import { unlikeTraining } from '#common/use/unlikeTraining.ts';
import { measureBatch } from '../complexity/measureBatch.ts';
import { decodeImage, readImageHeader } from '../dataset/decoding/decodeImage.ts';
import { MAX_ASPECT, MAX_PIXELS } from '../dataset/decoding/limits.ts';
import { orientToSize } from '../dataset/decoding/orientRaster.ts';
import type { Raster } from '../dataset/decoding/raster.ts';
import { resampleRows, type Size } from '../dataset/working/resampleRows.ts';
import { workingImage } from '../dataset/working/workingImage.ts';
import { partialName } from '../files/partialFiles.ts';
import { segmentImage, type Predictor } from '../training/segmentImage.ts';
import { standardise } from '../training/standardise.ts';
import type { Picture } from './encodePage.ts';
import { openBands } from './bandedImage.ts';
import type { LargeImage } from './largeImage.ts';
import { PageSink } from './pageSink.ts';
import { pictureOf, pictureOfLarge, pictureSize } from './picture.ts';
import { prepareRows } from './prepareRows.ts';
import { RowResampler } from './rowResampler.ts';
import { segmentRows } from './segmentRows.ts';

/** A mask that was drawn on an image. */
export interface DrawnPage extends Size {
  readonly foreground: Uint8Array;
}

export interface PageOptions {
  readonly threshold: number;
  readonly scale: Scale;
  readonly probability: boolean;
  /** Longer side of the picture for an overlay; 0 without one. */
  readonly picture: number;
  /** Size of mask and probabilities: the page's own, or that of the picture, for which no image need be held whole. */
  readonly at: 'page' | 'picture';
  /** Told how much of the page is done, 0 to 1; throws to stop. */
  readonly onPart: (done: number) => void;
}

/** What was found in a page of that size. */
export interface PageFinding extends Size {
  readonly sink: PageSink;
  readonly size: InferenceSize;
  readonly unlike: readonly string[];
  readonly picture: Picture | null;
  /** The drawn mask that was scored against; null without. */
  readonly drawn: Uint8Array | null;
}

/** At which size the found mask is made. */
const foundSize = (page: Size, { at, picture }: PageOptions): Size =>
  at === 'page' ? page : pictureSize(page, picture);

type Network = Pick<NetworkCard, 'network' | 'preparation' | 'training' | 'images'>;

/** The reading of the training images, as far as it says something of this file: a channel is one among several. */
async function ownReading(
  { path, bytes }: { readonly path: string; readonly bytes: Buffer },
  images: NetworkCard['images'] = PLAIN_READING,
): Promise<ImageReading> {
  const { channels } = await readImageHeader(bytes, path, images);
  return channels > 1 ? images : { ...images, channel: 0 };
}

/** @throws image-too-thin */
function requireEvenSides(file: string, { width, height }: Size): void {
  if (Math.max(width, height) <= MAX_ASPECT * Math.min(width, height)) return;
  throw new CcnetError('image-too-thin', { file, width, height, most: MAX_ASPECT });
}

/** Most pixels at which a network sees an image that is held whole: 1.2 GB of intensities in colour. */
const MOST_SEEN = 100e6;

/** @throws image-enlarged-too-much, which a network of tiny training images can ask for */
function requireSeenSize(file: string, { width, height }: Size, seen: Size, most: number): void {
  if (seen.width * seen.height <= most) return;
  const [seenWidth, seenHeight] = [seen.width, seen.height];
  throw new CcnetError('image-enlarged-too-much', { file, width, height, seenWidth, seenHeight, most });
}

const drawnAt = (file: string, size: Size, drawn: DrawnPage | null): Uint8Array | null => {
  if (!drawn) return null;
  if (drawn.width !== size.width || drawn.height !== size.height) {
    throw new CcnetError('size-changed', { file });
  }
  return drawn.foreground;
};

/**
 * Segments a page that is read whole, exactly as test images are.
 * @param bytes of the file
 * @throws image-too-thin, image-enlarged-too-much, size-changed where the drawn mask has another size, a failure of common/failures/decoding.ts
 */
export async function segmentWholePage(
  predictor: Predictor,
  card: Network,
  file: { readonly path: string; readonly bytes: Buffer; readonly page: number },
  drawn: DrawnPage | null,
  options: PageOptions,
): Promise<PageFinding> {
  const stored = await decodeImage(file.bytes, file.page, file.path, await ownReading(file, card.images));
  const raster = drawn ? orientToSize(stored, drawn.width, drawn.height) : stored;
  const { width, height } = raster;
  requireEvenSides(file.path, raster);
  const reference = drawnAt(file.path, raster, drawn);
  const { channels } = card.network;
  const size = inferenceSize(raster, card.preparation.workingSide, card.training, options.scale);
  requireSeenSize(file.path, raster, size, MOST_SEEN);
  const image = await workingImage(raster, size, channels);
  options.onPart(0.2);
  const unlike = await differences(card, raster, { image, width: size.width, height: size.height });
  const prepared = { width: size.width, height: size.height, channels, image: standardise(image, channels) };
  const probabilities = await segmentImage(predictor, prepared);
  options.onPart(0.9);
  const found = foundSize(raster, options);
  const sink = new PageSink(found, { ...options, drawn: reference });
  resampleRows(probabilities, size, found, sink.push);
  const picture = options.picture > 0 ? await pictureOf(raster, options.picture) : null;
  return { width, height, sink, size, unlike, picture, drawn: reference };
}

/**
 * Segments a page that is read in bands: the same steps with a bounded amount of memory, which the mask takes most of.
 * @param temporary a folder for what the network sees of it
 */
export async function segmentLargePage(
  predictor: Predictor,
  card: Network,
  image: LargeImage,
  drawn: DrawnPage | null,
  temporary: string,
  options: PageOptions,
): Promise<PageFinding> {
  const { width, height, name } = image;
  requireEvenSides(name, image);
  const reference = drawnAt(name, image, drawn);
  const { channels } = card.network;
  const { workingSide } = card.preparation;
  const size = inferenceSize(image, workingSide, card.training, options.scale);
  requireSeenSize(name, image, size, MAX_PIXELS);
  const rowsFile = partialName(join(temporary, 'rows'));
  const { onPart } = options;
  // A copy takes about as long as the rows that are made of it.
  const bands = await openBands(image, partialName(join(temporary, 'plain')), (done) => onPart(0.15 * done));
  const begun = bands.copied ? 0.15 : 0;
  try {
    const prepared = await prepareRows(bands.image, size, channels, rowsFile, (done) =>
      onPart(begun + (0.3 - begun) * done),
    );
    try {
      const raster = { channels: image.channels, bitDepth: image.depth };
      const unlike = await differences(card, raster, await prepared.middle(workingSide));
      const found = foundSize(image, options);
      const sink = new PageSink(found, { ...options, drawn: reference });
      const resampler = new RowResampler(size, found, sink.push);
      await segmentRows(predictor, prepared.rows, (row) => resampler.push(row), {
        onTiles: (done, total) => onPart(0.3 + (0.7 * done) / total),
      });
      const picture = options.picture > 0 ? await pictureOfLarge(bands.image, options.picture) : null;
      return { width, height, sink, size, unlike, picture, drawn: reference };
    } finally {
      await prepared.close();
    }
  } finally {
    await bands.close();
  }
}

/** In what a page differs from the training images. */
async function differences(
  { network, preparation, training }: Network,
  { channels, bitDepth }: Pick<Raster, 'channels' | 'bitDepth'>,
  working: { readonly image: Float32Array; readonly width: number; readonly height: number },
): Promise<string[]> {
  const comparable = training.complexity?.recipe === complexityRecipe(preparation.workingSide);
  const { width, height, image } = working;
  const [measures] = comparable
    ? await measureBatch([
        { name: '', width, height, channels: network.channels, image, mask: new Uint8Array(width * height) },
      ])
    : [];
  return unlikeTraining({ channels, depth: bitDepth, measures: measures ?? {} }, training);
}
