import { CcnetError } from '#common/errors.ts';
import { sampleValues } from '../tiff/sampleValues.ts';
import type { DicomFile } from './dicomDataSet.ts';
import type { DicomPixels } from './dicomPixels.ts';
import { TAG } from './dicomTags.ts';

/** Samples as they are stored: the bits that mean something and those beside them. */
export type StoredSamples = Uint8Array | Uint16Array | Uint32Array | Float32Array;

const damaged = (file: string, reason: string): CcnetError =>
  new CcnetError('image-damaged', { file, reason });

/** The samples of a frame that is not compressed, pixel by pixel. @throws image-damaged, image-values-unread */
export function nativeSamples(
  set: DicomFile,
  pixels: DicomPixels,
  frame: number,
  name: string,
): StoredSamples {
  const { width, height, samples, bitsAllocated, photometric } = pixels;
  const element =
    set.elements.get(TAG.pixels) ?? set.elements.get(TAG.floatPixels) ?? set.elements.get(TAG.doublePixels);
  if (!element || element.fragments)
    throw damaged(name, 'it says its pixels are not compressed, and they are');
  const count = width * height * samples;
  if (bitsAllocated === 1) {
    const first = frame * count;
    if (element.offset + Math.ceil((first + count) / 8) > set.bytes.length) throw pixelsMissing(name);
    return Uint8Array.from({ length: count }, (_, index) => {
      const bit = first + index;
      return ((set.bytes[element.offset + (bit >> 3)] ?? 0) >> (bit & 7)) & 1;
    });
  }
  // Two pixels share their colours.
  const isHalved = photometric === 'YBR_FULL_422' && samples === 3;
  const stored = isHalved ? Math.ceil(width / 2) * 4 * height : count;
  const frameBytes = stored * (bitsAllocated / 8);
  const start = element.offset + frame * frameBytes;
  // Bytes in words of the other order lie in pairs the wrong way round.
  const isSwapped = bitsAllocated === 8 && !set.littleEndian && element.vr === 'OW';
  if (start + frameBytes > Math.min(set.bytes.length, element.offset + element.length))
    throw pixelsMissing(name);
  const bytes = isSwapped
    ? swapped(set.bytes, element.offset, start, frameBytes)
    : set.bytes.subarray(start, start + frameBytes);
  const { littleEndian } = set;
  if (pixels.isFloat) return sampleValues({ bytes, littleEndian, bits: bitsAllocated, format: 'float' });
  const read =
    bitsAllocated === 32
      ? wide(bytes, littleEndian)
      : sampleValues({ bytes, littleEndian, bits: bitsAllocated, format: 'unsigned' });
  if (isHalved && !(read instanceof Uint8Array))
    throw new CcnetError('image-values-unread', { file: name, values: `${photometric} colour` });
  if (isHalved) return wholeColours(read, width, height);
  return pixels.isPlanar && samples === 3 ? interleaved(read, width * height) : read;
}

const pixelsMissing = (name: string): CcnetError => damaged(name, 'its last pixels are missing');

function wide(bytes: Buffer, little: boolean): Uint32Array {
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) =>
    little ? bytes.readUInt32LE(index * 4) : bytes.readUInt32BE(index * 4),
  );
}

function wholeColours(halved: ArrayLike<number>, width: number, height: number): Uint8Array {
  const whole = new Uint8Array(width * height * 3);
  const row = Math.ceil(width / 2) * 4;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = y * row + (x >> 1) * 4;
      const to = (y * width + x) * 3;
      whole[to] = halved[from + (x & 1)] ?? 0;
      whole[to + 1] = halved[from + 2] ?? 0;
      whole[to + 2] = halved[from + 3] ?? 0;
    }
  }
  return whole;
}

function interleaved<Values extends StoredSamples>(planes: Values, pixels: number): Values {
  const mixed = planes.slice() as Values;
  for (let pixel = 0; pixel < pixels; pixel += 1)
    for (let sample = 0; sample < 3; sample += 1)
      mixed[pixel * 3 + sample] = planes[sample * pixels + pixel] ?? 0;
  return mixed;
}

function swapped(all: Buffer, first: number, start: number, count: number): Buffer {
  return Buffer.from(
    Array.from({ length: count }, (_, index) => all[first + ((start - first + index) ^ 1)] ?? 0),
  );
}
