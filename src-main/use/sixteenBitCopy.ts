import { type FileHandle, open } from 'node:fs/promises';
import { CcnetError } from '#common/errors.ts';
import { type IntensityRange, sampledPlaces, sampleRange } from '../dataset/decoding/rescaleIntensity.ts';
import type { LargeImage } from './largeImage.ts';
import { plainTiffHead } from './plainTiffHead.ts';
import { unwritable } from './unwritable.ts';

/** The whole range of the copy's values: it is made of the image's own range. */
export const FLOAT_STEPS: IntensityRange = { low: 0, high: 65_535 };

/** Bytes before the pixels in a file of libvips (VIPS_SIZEOF_HEADER). */
export const VIPS_HEADER = 64;
/** Values that are read at once. */
const AT_ONCE = 8 * 2 ** 20;

const TYPES = { float: Float32Array, int: Int32Array, uint: Uint32Array } as const;

/**
 * Writes 32-bit values as the 16-bit steps of the range that becomes [0, 1] (intensityRange), with a bounded amount of memory. What is not
 * finite becomes the least finite value.
 * @param values file of libvips (.v) that holds them
 * @param copy uncompressed TIFF that is written
 * @throws image-damaged, target-unwritable
 */
export async function sixteenBitCopy(
  image: Pick<LargeImage, 'path' | 'width' | 'height' | 'channels' | 'values'>,
  values: string,
  copy: string,
  onPart: (done: number) => void,
): Promise<void> {
  const source = await open(values, 'r');
  try {
    const least = await leastFinite(image, source, (done) => onPart(done / 3));
    const sample = await sampled(image, source, least, (done) => onPart((1 + done) / 3));
    const { low, high } = sampleRange(sample);
    const scale = 1 / (high - low);
    const target = await open(copy, 'wx').catch(unwritable(copy));
    try {
      const head = plainTiffHead(image, 16);
      await target.write(head, 0, head.length, 0).catch(unwritable(copy));
      await eachPart(image, source, async (part, at, total) => {
        const steps = new Uint16Array(part.length);
        for (let index = 0; index < part.length; index += 1) {
          const value = finite(part[index] ?? 0, least);
          const share = Math.fround(Math.min(1, Math.max(0, (value - low) * scale)));
          steps[index] = Math.round(share * 65_535);
        }
        const bytes = new Uint8Array(steps.buffer);
        await target.write(bytes, 0, bytes.length, head.length + at * 2).catch(unwritable(copy));
        onPart((2 + (at + part.length) / total) / 3);
      });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

const finite = (value: number, least: number): number => (Number.isFinite(value) ? value : least);

type Part = Float32Array | Int32Array | Uint32Array;
type Described = Pick<LargeImage, 'path' | 'width' | 'height' | 'channels' | 'values'>;

/** Goes through all values in order, some at a time. */
async function eachPart(
  { path, width, height, channels, values }: Described,
  source: FileHandle,
  take: (part: Part, at: number, total: number) => Promise<void> | void,
): Promise<void> {
  const Values = TYPES[values as keyof typeof TYPES];
  const total = width * height * channels;
  for (let at = 0; at < total; at += AT_ONCE) {
    const part = new Values(Math.min(AT_ONCE, total - at));
    const bytes = new Uint8Array(part.buffer);
    const { bytesRead } = await source.read(bytes, 0, bytes.length, VIPS_HEADER + at * 4);
    if (bytesRead < bytes.length) {
      throw new CcnetError('image-damaged', { file: path, reason: 'its copy ended early' });
    }
    await take(part, at, total);
  }
}

/** 0 where no value is finite. */
async function leastFinite(
  image: Described,
  source: FileHandle,
  onPart: (done: number) => void,
): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  await eachPart(image, source, (part, at, total) => {
    for (const value of part) if (value < least && Number.isFinite(value)) least = value;
    onPart((at + part.length) / total);
  });
  return Number.isFinite(least) ? least : 0;
}

/** Values at the places at which `intensityRange` looks. */
async function sampled(
  image: Described,
  source: FileHandle,
  least: number,
  onPart: (done: number) => void,
): Promise<Float32Array> {
  const { places, step } = sampledPlaces(image.width * image.height * image.channels);
  const sample = new Float32Array(places);
  await eachPart(image, source, (part, at, total) => {
    for (let index = Math.ceil(at / step); index * step < at + part.length; index += 1) {
      sample[index] = finite(part[index * step - at] ?? 0, least);
    }
    onPart((at + part.length) / total);
  });
  return sample;
}
