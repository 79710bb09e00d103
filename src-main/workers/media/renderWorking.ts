import type { PixelClassifier } from '#common/dataset/segmentability.ts';
import { probabilityMap } from '../../complexity/measureSegmentability.ts';
import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import { workingImage } from '../../dataset/working/workingImage.ts';
import { seenSize } from './seenSize.ts';
import { storedRaster } from './displayRaster.ts';
import type { MediaSource, Picture } from './mediaSource.ts';

/** A rule of brightness, colour and texture that has not seen an image, and how it was measured. */
export interface ImageClassifier {
  readonly classifier: PixelClassifier;
  readonly workingSide: number;
}

interface Seen {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** In [0, 1], channel-last. */
  readonly image: Float32Array;
}

/** The image as a network sees it: at the working resolution, in the channels of its dataset. */
async function seen(source: DatasetSource, media: MediaSource, workingSide: number): Promise<Seen> {
  const { image: file, datasetChannels: channels } = media;
  const raster = await storedRaster(source, media);
  const size = seenSize(file, raster.width, raster.height, workingSide);
  return { ...size, channels, image: await workingImage(raster, size, channels) };
}

/** That image as a PNG, a pixel of it for every pixel that the network sees. */
export async function renderWorking(
  source: DatasetSource,
  media: MediaSource,
  workingSide: number,
): Promise<Picture> {
  const { image, width, height, channels } = await seen(source, media, workingSide);
  return png(bytesOf(image), width, height, channels);
}

/** Per pixel, how likely brightness, colour and texture say that it is foreground: black never, white surely. */
export async function renderProbability(
  source: DatasetSource,
  media: MediaSource,
  { classifier, workingSide }: ImageClassifier,
): Promise<Picture> {
  const sample = await seen(source, media, workingSide);
  return png(bytesOf(await probabilityMap(sample, classifier)), sample.width, sample.height, 1);
}

/** Storing into a clamped array rounds and clips. */
function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(Uint8ClampedArray.from(values, (value) => value * 255).buffer);
}

async function png(data: Uint8Array, width: number, height: number, channels: 1 | 3): Promise<Picture> {
  const bytes = await sharp(data, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 3 })
    .toBuffer();
  return { type: 'image/png', bytes };
}
