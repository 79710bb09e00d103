import { CcnetError } from '#common/errors.ts';
import { decodeWhole } from '../decodeWhole.ts';
import { jpeg2000Size, jpegSize, type PackedSize } from '../packedSize.ts';
import { sampleValues } from '../tiff/sampleValues.ts';
import { unreadable } from '../unreadable.ts';
import { unpackByWasm } from '../wasmCodecs.ts';
import type { DicomFile } from './dicomDataSet.ts';
import type { DicomPixels } from './dicomPixels.ts';
import { packedFrame } from './frameBytes.ts';
import { losslessJpeg } from './losslessJpeg.ts';
import { nativeSamples, type StoredSamples } from './nativeSamples.ts';
import { rleFrame } from './rleFrame.ts';

/** The samples of a frame as they are stored, pixel by pixel. */
export interface FrameSamples {
  readonly values: StoredSamples;
  /** The decoder has made red, green and blue of brightness and colour differences. */
  readonly isRgb: boolean;
}

/** @throws image-damaged, image-values-unread */
export async function frameSamples(
  set: DicomFile,
  pixels: DicomPixels,
  frame: number,
  name: string,
): Promise<FrameSamples> {
  if (pixels.packing === 'none') return { values: nativeSamples(set, pixels, frame, name), isRgb: false };
  if (pixels.packing === 'rle') return { values: rleValues(set, pixels, frame, name), isRgb: false };
  return jpegSamples(packedFrame(set, frame, pixels.frames, name), pixels, name);
}

const damaged = (file: string, reason: string): CcnetError =>
  new CcnetError('image-damaged', { file, reason });

/** Of a frame in DICOM's run-length encoding. @throws image-damaged */
export function rleValues(set: DicomFile, pixels: DicomPixels, frame: number, name: string): StoredSamples {
  const { width, height, samples, bitsAllocated, frames } = pixels;
  const packed = packedFrame(set, frame, frames, name);
  const sampleBytes = bitsAllocated / 8;
  if (!Number.isInteger(sampleBytes)) throw damaged(name, 'it packs single bits');
  const count = width * height;
  const unpacked = rleFrame(packed, count, samples * sampleBytes);
  if (typeof unpacked === 'string') throw damaged(name, unpacked);
  const values =
    sampleBytes === 1
      ? new Uint8Array(count * samples)
      : sampleBytes === 2
        ? new Uint16Array(count * samples)
        : new Uint32Array(count * samples);
  for (let sample = 0; sample < samples; sample += 1) {
    for (let pixel = 0; pixel < count; pixel += 1) {
      let value = 0;
      for (let byte = 0; byte < sampleBytes; byte += 1)
        value = value * 256 + (unpacked[(sample * sampleBytes + byte) * count + pixel] ?? 0);
      values[pixel * samples + sample] = value;
    }
  }
  return values;
}

async function jpegSamples(packed: Buffer, pixels: DicomPixels, name: string): Promise<FrameSamples> {
  const { packing, photometric } = pixels;
  const size = packing === 'jpeg-2000' ? jpeg2000Size(packed) : jpegSize(packed);
  requireSaidSize(size, pixels, name);
  if (packing === 'jpeg') {
    if (size.precision !== 8)
      throw new CcnetError('image-compression-unread', {
        file: name,
        compression: `JPEG of ${size.precision} bits`,
      });
    return { values: await baseline(packed, pixels, name), isRgb: pixels.samples === 3 };
  }
  if (packing === 'jpeg-lossless') {
    const expected = { width: pixels.width, height: pixels.height, components: pixels.samples };
    try {
      return { values: losslessJpeg(packed, expected).samples, isRgb: false };
    } catch (cause) {
      throw damaged(name, cause instanceof RangeError ? 'its pixels end early' : (cause as Error).message);
    }
  }
  if (packing !== 'jpeg-ls' && packing !== 'jpeg-2000') throw new RangeError(packing);
  const unpacked = await unpackByWasm(packing, packed).catch(() => {
    throw damaged(name, 'its pixels cannot be unpacked');
  });
  requireSaidSize(
    { ...unpacked, components: unpacked.componentCount, precision: unpacked.bitsPerSample },
    pixels,
    name,
  );
  const bits = unpacked.bitsPerSample > 8 ? 16 : 8;
  const values = sampleValues({ bytes: unpacked.bytes, littleEndian: true, bits, format: 'unsigned' });
  if (values.length < pixels.width * pixels.height * pixels.samples)
    throw damaged(name, 'its pixels end early');
  return { values, isRgb: /^YBR_(ICT|RCT)$/.test(photometric) };
}

function requireSaidSize(
  size: PackedSize | null,
  { width, height, samples, bitsAllocated }: DicomPixels,
  name: string,
): asserts size is PackedSize {
  if (size?.width !== width || size.height !== height || size.components !== samples)
    throw damaged(name, 'its packed pixels have another size than it says');
  if (size.precision > Math.min(16, bitsAllocated))
    throw damaged(name, 'its packed pixels have more bits than it says');
}

/** What keeps a decoder from taking red, green and blue for brightness and colour differences: Adobe's marker, transform 0. */
const STORED_AS_RGB = Buffer.from([0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0]);

/** Shorter ones are passed over by decoders. */

const ADOBE = /\xff\xee\x00[\x0e-\xff]Adobe/;

async function baseline(
  packed: Buffer,
  { photometric, samples, width, height }: DicomPixels,
  name: string,
): Promise<Uint8Array> {
  const head = packed.toString('latin1', 0, 4096);
  // A JFIF file is in brightness and colour differences, whatever is said around it.
  const isRgb = photometric === 'RGB' && !ADOBE.test(head) && !head.includes('JFIF');
  const bytes = isRgb ? Buffer.concat([packed.subarray(0, 2), STORED_AS_RGB, packed.subarray(2)]) : packed;
  try {
    const options = { limitInputPixels: false, ignoreIcc: true };
    const { data, info } = await decodeWhole(bytes, 'jpeg', options, (image) =>
      image.toColourspace(samples === 1 ? 'b-w' : 'srgb').raw({ depth: 'uchar' }),
    );
    if (info.width !== width || info.height !== height || info.channels !== samples)
      throw damaged(name, 'its packed pixels have another size than it says');
    return new Uint8Array(data);
  } catch (cause) {
    throw unreadable(name, cause);
  }
}
