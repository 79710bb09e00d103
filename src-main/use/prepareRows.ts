import { type FileHandle, open, rm } from 'node:fs/promises';
import { PREPARATION } from '#common/preparation/preparation.ts';
import { CcnetError, reasonOf } from '#common/errors.ts';
import { decodeWhole } from '../dataset/decoding/decodeWhole.ts';
import { type IntensityRange, rescaleIntensity } from '../dataset/decoding/rescaleIntensity.ts';
import { toChannels } from '../dataset/decoding/toChannels.ts';
import { unreadable } from '../dataset/decoding/unreadable.ts';
import { storedValues, storeRow } from '../dataset/working/enlargeImage.ts';
import type { Size } from '../dataset/working/resampleRows.ts';
import type { BandedImage } from './bandedImage.ts';
import { fromTop } from './largeImage.ts';
import { QuantileCount } from './quantileCount.ts';
import { RowResampler } from './rowResampler.ts';
import type { RowSource } from './segmentRows.ts';

/** Bytes of pixels that are decoded at once. */
const BAND_BYTES = 48 * 2 ** 20;

/** An image at the size at which a network sees it, standardised, its rows on disk. */
export interface PreparedRows {
  readonly rows: RowSource;
  /** The part in the middle, `side` pixels or less a side, in intensities of [0, 1] and in the network's channels: for measures. */
  middle(
    side: number,
  ): Promise<{ readonly image: Float32Array; readonly width: number; readonly height: number }>;
  close(): Promise<void>;
}

/**
 * Prepares a large image as training and testing do (workingImage, standardise), with a bounded amount of memory: it is decoded in bands
 * from the top, and what the network will see is kept in a temporary file.
 * @param size at which the network sees it
 * @param temporary path of that file, which is made anew and removed by `close`
 * @param onBand told how much of the work is done, 0 to 1, after every band; may throw to stop
 * @throws image-damaged, target-unwritable
 */
export async function prepareRows(
  image: BandedImage,
  size: Size,
  channels: 1 | 3,
  temporary: string,
  onBand: (done: number) => void,
): Promise<PreparedRows> {
  const file = await open(temporary, 'wx+').catch((cause: unknown) => {
    throw new CcnetError('target-unwritable', { path: temporary, reason: reasonOf(cause) }, { cause });
  });
  const close = async (): Promise<void> => {
    await file.close();
    await rm(temporary, { force: true });
  };
  try {
    const passes = image.range === null ? 2 : 1;
    const range = image.range ?? (await sixteenBitRange(image, (done) => onBand(done / passes)));
    const decoder = { image, size, range, channels };
    const moments = await store(decoder, file, (done) => onBand((passes - 1 + done) / passes));
    const read = (top: number, count: number): Promise<Float32Array> => readRows(decoder, file, top, count);
    const rows: RowSource = {
      ...size,
      channels,
      read: async (top, count) => standardised(await read(top, count), moments),
    };
    return { rows, middle: (side) => middleOf(size, channels, side, read), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Decoder {
  readonly image: BandedImage;
  readonly size: Size;
  readonly range: IntensityRange;
  readonly channels: 1 | 3;
}

/** Stored values of some rows of an image at a size. */
interface Band {
  readonly top: number;
  readonly rows: number;
  readonly values: Uint8Array | Uint16Array;
}

/** An image at a size, band by band from the top. */
function bands(image: BandedImage, size: Size): AsyncGenerator<Band> {
  const same = size.width === image.width && size.height === image.height;
  return same || size.width < image.width ? shrunkBands(image, size) : enlargedBands(image, size);
}

/** The bands of enlargeImage: those of the image itself, whose rows are enlarged one after another. */
async function* enlargedBands(image: BandedImage, size: Size): AsyncGenerator<Band> {
  const { channels, depth, width } = image;
  const bytesOfRow = size.width * channels * (depth / 8);
  const rowsOfBand = Math.max(1, Math.floor(BAND_BYTES / bytesOfRow / Math.ceil(size.width / width)));
  let top = 0;
  // What the rows of one band make; the resamplers write into it, each its own channel.
  let values = storedValues(0, depth);
  const resamplers = Array.from(
    { length: channels },
    (_, channel) =>
      new RowResampler(image, size, (row, y, unit) =>
        storeRow(row, unit, values, (y - top) * size.width * channels + channel, channels),
      ),
  );
  const plane = new Float32Array(width);
  for await (const band of shrunkBands(image, image, rowsOfBand)) {
    const end = resamplers[0]?.rowsAfter(band.top + band.rows) ?? 0;
    values = storedValues((end - top) * size.width * channels, depth);
    for (let y = 0; y < band.rows; y += 1) {
      for (const [channel, resampler] of resamplers.entries()) {
        const start = y * width * channels + channel;
        for (let x = 0; x < width; x += 1) plane[x] = band.values[start + x * channels] ?? 0;
        resampler.push(plane);
      }
    }
    if (end > top) yield { top, rows: end - top, values };
    top = end;
  }
}

async function* shrunkBands(
  { path, name, format, page, space, depth, channels }: BandedImage,
  size: Size,
  atMost = Number.POSITIVE_INFINITY,
): AsyncGenerator<Band> {
  const bytesOfRow = Math.max(size.width, 1) * channels * (depth / 8);
  const most = Math.max(1, Math.min(atMost, Math.floor(BAND_BYTES / bytesOfRow)));
  for (let top = 0; top < size.height; top += most) {
    const rows = Math.min(most, size.height - top);
    const { data } = await decodeWhole(path, format, fromTop(page), (image) =>
      image
        .pipelineColourspace(space)
        .resize(size.width, size.height, {
          fit: 'fill',
          kernel: 'lanczos3',
          fastShrinkOnLoad: false,
        })
        .extract({ left: 0, top, width: size.width, height: rows })
        .toColourspace(space)
        .raw({ depth: depth === 8 ? 'uchar' : 'ushort' }),
    ).catch((cause: unknown) => {
      throw unreadable(name, cause);
    });
    const own = data.byteOffset % 2 === 0 ? data : Buffer.from(data);
    const values =
      depth === 8
        ? new Uint8Array(own.buffer, own.byteOffset, own.length)
        : new Uint16Array(own.buffer, own.byteOffset, own.length / 2);
    yield { top, rows, values };
  }
}

async function sixteenBitRange(image: BandedImage, onBand: (done: number) => void): Promise<IntensityRange> {
  const count = new QuantileCount();
  for await (const { top, rows, values } of bands(image, image)) {
    count.push(values as Uint16Array);
    onBand((top + rows) / image.height);
  }
  return count.range();
}

/** Mean and deviation of each channel over the whole image. */
interface Moments {
  readonly means: readonly number[];
  readonly scales: readonly number[];
}

/** Writes the stored values of an image at a size into a file, and measures what it is standardised by. */
async function store(decoder: Decoder, file: FileHandle, onBand: (done: number) => void): Promise<Moments> {
  const { image, size, channels } = decoder;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const bytesOfRow = size.width * image.channels * (image.depth / 8);
  for await (const { top, rows, values } of bands(image, size)) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    await file.write(bytes, 0, bytes.length, top * bytesOfRow);
    const intensities = toChannels(rescaleIntensity(values, decoder.range), image.channels, channels);
    for (let at = 0; at < intensities.length; at += 1) {
      // About the middle of the range, so that squares lose no digits.
      const value = (intensities[at] ?? 0) - 0.5;
      const channel = at % channels;
      sums[channel] = (sums[channel] ?? 0) + value;
      squares[channel] = (squares[channel] ?? 0) + value * value;
    }
    onBand((top + rows) / size.height);
  }
  const pixels = size.width * size.height;
  const centred = [...sums].map((sum) => sum / pixels);
  return {
    means: centred.map((mean) => mean + 0.5),
    scales: centred.map((mean, channel) => {
      const variance = Math.max(0, (squares[channel] ?? 0) / pixels - mean * mean);
      return 1 / Math.max(PREPARATION.leastDeviation, Math.sqrt(variance));
    }),
  };
}

/** Intensities in [0, 1] of rows in the network's channels. */
async function readRows(
  decoder: Decoder,
  file: FileHandle,
  top: number,
  count: number,
): Promise<Float32Array> {
  const { image, size, range, channels } = decoder;
  const bytesOfRow = size.width * image.channels * (image.depth / 8);
  const bytes = new Uint8Array(bytesOfRow * count);
  await file.read(bytes, 0, bytes.length, top * bytesOfRow);
  const values = image.depth === 8 ? bytes : new Uint16Array(bytes.buffer);
  return toChannels(rescaleIntensity(values, range), image.channels, channels);
}

function standardised(intensities: Float32Array, { means, scales }: Moments): Float32Array {
  const channels = means.length;
  for (let at = 0; at < intensities.length; at += 1) {
    const channel = at % channels;
    intensities[at] = ((intensities[at] ?? 0) - (means[channel] ?? 0)) * (scales[channel] ?? 1);
  }
  return intensities;
}

async function middleOf(
  size: Size,
  channels: number,
  side: number,
  read: (top: number, count: number) => Promise<Float32Array>,
): Promise<{ image: Float32Array; width: number; height: number }> {
  const [width, height] = [Math.min(side, size.width), Math.min(side, size.height)];
  const left = (size.width - width) >> 1;
  const rows = await read((size.height - height) >> 1, height);
  const image = new Float32Array(width * height * channels);
  for (let y = 0; y < height; y += 1) {
    const start = (y * size.width + left) * channels;
    image.set(rows.subarray(start, start + width * channels), y * width * channels);
  }
  return { image, width, height };
}
