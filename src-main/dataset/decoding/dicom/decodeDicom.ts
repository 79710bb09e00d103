import type { ImageReading } from '#common/dataset/reading.ts';
import { CcnetError } from '#common/errors.ts';
import { isGreyStoredAsColour, type Raster, takeChannels } from '../raster.ts';
import { replaceNotFinite } from '../replaceNotFinite.ts';
import { dicomPalette, paletteColours } from './dicomPalette.ts';
import { type DicomPixels, dicomPixels, rescaleOf, type Window, windowOf } from './dicomPixels.ts';
import { frameSamples, type FrameSamples } from './frameSamples.ts';
import type { StoredSamples } from './nativeSamples.ts';
import { windowedValues } from './windowedValues.ts';

/** Frames of a file, and whether its values may differ from what was recorded. @throws as `dicomPixels` */
export function dicomHeader(bytes: Buffer, name: string): { frames: number; lossy: boolean } {
  const { frames, lossy } = dicomPixels(bytes, name).pixels;
  return { frames, lossy };
}

/** @throws as `dicomPixels`; image-damaged for a frame that there is not */
export function dicomFrameSize(
  bytes: Buffer,
  frame: number,
  name: string,
): { width: number; height: number; bytes: number; orientation: number } {
  const { width, height, samples, frames, bitsStored } = dicomPixels(bytes, name).pixels;
  if (frame >= frames)
    throw new CcnetError('image-damaged', { file: name, reason: `it has no frame ${frame + 1}` });
  const valueBytes = bitsStored <= 8 ? 1 : 4;
  return { width, height, bytes: width * height * samples * valueBytes, orientation: 1 };
}

/**
 * Decodes one frame. An image in brightness: rescaled as the file says (Hounsfield units and the like), where 0 is white inverted, in the
 * reading's window if it has one; colours as red, green and blue. A mask as it is stored.
 * @throws as `dicomPixels`; image-damaged, image-values-unread, no-window-in-file
 */
export async function decodeDicom(
  bytes: Buffer,
  frame: number,
  name: string,
  { window }: ImageReading,
  as: 'image' | 'mask',
): Promise<{ raster: Raster; palette: readonly number[] | null; minIsWhite: boolean }> {
  const { set, pixels } = dicomPixels(bytes, name);
  const { width, height, frames, photometric } = pixels;
  if (frame >= frames)
    throw new CcnetError('image-damaged', { file: name, reason: `it has no frame ${frame + 1}` });
  const stored = await frameSamples(set, pixels, frame, name);
  const minIsWhite = photometric === 'MONOCHROME1';
  const palette = photometric === 'PALETTE COLOR' ? dicomPalette(set, name) : null;
  const plain = { width, height, alpha: null, orientation: 1, greyStoredAsColour: false, notFinite: false };
  if (pixels.samples === 3) {
    return { raster: { ...plain, ...colours(stored, pixels, name) }, palette: null, minIsWhite: false };
  }
  const values = wholeValues(stored.values, pixels);
  if (palette) {
    if (as === 'mask') return { raster: { ...plain, ...grey(values) }, palette, minIsWhite: false };
    return {
      raster: { ...plain, channels: 3, bitDepth: 8, data: paletteColours(palette, values) },
      palette: null,
      minIsWhite: false,
    };
  }
  if (as === 'mask') return { raster: { ...plain, ...finite(values) }, palette: null, minIsWhite };
  const rescale = rescaleOf(set, frame);
  const measured = rescale
    ? Float32Array.from(values, (value) => value * rescale.slope + rescale.intercept)
    : values;
  const shown: Window | null = !window
    ? null
    : window === 'file'
      ? windowOf(set, frame)
      : { ...window, shape: 'LINEAR' };
  if (window && !shown) throw new CcnetError('no-window-in-file', { file: name });
  if (shown) {
    const data = windowedValues(measured, shown);
    if (minIsWhite)
      for (let index = 0; index < data.length; index += 1) data[index] = 255 - (data[index] ?? 0);
    return { raster: { ...plain, channels: 1, bitDepth: 8, data }, palette: null, minIsWhite };
  }
  if (minIsWhite) invert(measured, pixels, rescale);
  return { raster: { ...plain, ...finite(measured) }, palette: null, minIsWhite };
}

type Values = Raster['data'];

const grey = (data: Values): Pick<Raster, 'channels' | 'bitDepth' | 'data'> => ({
  channels: 1,
  bitDepth: data instanceof Uint8Array ? 8 : data instanceof Uint16Array ? 16 : 32,
  data,
});

function finite(data: Values): Pick<Raster, 'channels' | 'bitDepth' | 'data' | 'notFinite'> {
  return { ...grey(data), notFinite: data instanceof Float32Array && replaceNotFinite(data) };
}

/** Numbers of the bits that are stored: what older files keep in the bits beside them are no values. */
function wholeValues(all: StoredSamples, pixels: DicomPixels): Values {
  const { bitsStored, bitsAllocated, highBit, isSigned, isFloat } = pixels;
  const { length } = all;
  if (isFloat) return Float32Array.from(all);
  const shift = highBit + 1 - bitsStored;
  const range = 2 ** bitsStored;
  const isWide = bitsAllocated === 32;
  const value = (index: number): number => {
    const bits = Math.floor((all[index] ?? 0) / 2 ** shift) % range;
    return isSigned && bits >= range / 2 ? bits - range : bits;
  };
  const numbers =
    isSigned || isWide
      ? new Float32Array(length)
      : bitsStored <= 8
        ? new Uint8Array(length)
        : new Uint16Array(length);
  for (let index = 0; index < length; index += 1) numbers[index] = value(index);
  return numbers;
}

/** Exchanges the ends of the range that the stored bits can have. */
function invert(
  values: Values,
  { bitsStored, isSigned, isFloat }: DicomPixels,
  rescale: { slope: number; intercept: number } | null,
): void {
  if (isFloat) return;
  const ends = isSigned ? -1 : 2 ** bitsStored - 1;
  const { slope, intercept } = rescale ?? { slope: 1, intercept: 0 };
  const sum = ends * slope + 2 * intercept;
  for (let index = 0; index < values.length; index += 1) values[index] = sum - (values[index] ?? 0);
}

/** Red, green and blue of 8 bits. */
function colours(
  { values, isRgb }: FrameSamples,
  { photometric, bitsStored, bitsAllocated }: DicomPixels,
  file: string,
): Pick<Raster, 'channels' | 'bitDepth' | 'data' | 'greyStoredAsColour'> {
  const isDifferences = !isRgb && /^YBR_FULL(_422)?$/.test(photometric);
  if (!isRgb && !isDifferences && !/^(RGB|YBR_ICT|YBR_RCT)$/.test(photometric))
    throw new CcnetError('image-values-unread', { file, values: `${photometric} colour` });
  if (bitsAllocated > 16 || (isDifferences && bitsStored !== 8))
    throw new CcnetError('image-values-unread', { file, values: `${bitsStored}-bit ${photometric} colour` });
  const data = bitsStored <= 8 ? Uint8Array.from(values) : Uint16Array.from(values);
  if (isDifferences) toRgb(data);
  const isGrey = isGreyStoredAsColour(data);
  return {
    channels: isGrey ? 1 : 3,
    bitDepth: bitsStored <= 8 ? 8 : 16,
    data: isGrey ? takeChannels(data, 3, 1) : data,
    greyStoredAsColour: isGrey,
  };
}

/** Source: DICOM PS3.3, C.7.6.3.1.2 (YBR_FULL); halves are rounded up. */
function toRgb(data: Uint8Array | Uint16Array): void {
  const rounded = (value: number): number => Math.min(255, Math.max(0, Math.floor(value + 0.5)));
  for (let index = 0; index + 2 < data.length; index += 3) {
    const [y, blue, red] = [data[index] ?? 0, (data[index + 1] ?? 0) - 128, (data[index + 2] ?? 0) - 128];
    data[index] = rounded(y + 1.402 * red);
    data[index + 1] = rounded(y - ((0.114 * 1.772) / 0.587) * blue - ((0.299 * 1.402) / 0.587) * red);
    data[index + 2] = rounded(y + 1.772 * blue);
  }
}
