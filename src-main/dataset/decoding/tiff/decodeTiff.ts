import { CcnetError } from '#common/errors.ts';
import { isGreyStoredAsColour, type Raster, takeChannels } from '../raster.ts';
import { replaceNotFinite } from '../replaceNotFinite.ts';
import { compressionName, decodingOf, JPEG } from './compressions.ts';
import { sampleValues, type SampleValues } from './sampleValues.ts';
import { requireWhole } from './requireWhole.ts';
import { restatedTiff } from './restatedTiff.ts';
import { numberOf, numbersOf, TAG } from './tiffDirectories.ts';
import type { TiffFile } from './tiffFile.ts';
import { PHOTOMETRIC, type TiffPage } from './tiffPage.ts';
import { tiffPageSize } from './tiffPageSize.ts';
import { tiffSampleBytes, valuesName } from './tiffSampleBytes.ts';

/** The slices that make up a page: those of one moment where planes are projected or one is chosen. @throws no-such-plane */
export function slicesOfPage(
  { axes }: Pick<TiffFile, 'axes'>,
  page: number,
  planes: 'max' | number | undefined,
  file: string,
): number[] {
  const { depth } = axes;
  if (planes === undefined || depth <= 1) return [page];
  if (planes === 'max') return Array.from({ length: depth }, (_, plane) => page * depth + plane);
  if (planes >= depth) throw new CcnetError('no-such-plane', { file, plane: planes + 1, planes: depth });
  return [page * depth + planes];
}

/** A plane of a TIFF: slice and channel, each from 0, and whether stored values or brightness are wanted. */
export interface TiffPlane {
  readonly slice: number;
  readonly channel: number;
  /** mask: values as they are stored; image: as brightness, so that "0 is white" is inverted. */
  readonly as: 'image' | 'mask';
}

/** What libvips is to decode, or the decoded page where it cannot be trusted with it. */
export type TiffDecoding =
  | { readonly by: 'libvips'; readonly bytes: Buffer; readonly page: number }
  | { readonly by: 'values'; readonly raster: Raster };

/**
 * Decodes one plane, or says what libvips can decode of it without changing a value.
 * @throws image-values-unread, image-compression-unread, image-too-large, image-damaged, no-such-channel
 */
export async function decodeTiff(
  bytes: Buffer,
  file: TiffFile,
  { slice, channel, as }: TiffPlane,
  name: string,
): Promise<TiffDecoding> {
  const { pages, axes, channelsInPage } = file;
  const channels = axes.channels * channelsInPage;
  if (channel >= channels)
    throw new CcnetError('no-such-channel', { file: name, channel: channel + 1, channels });
  const page = pages[axes.pageOf(slice, Math.floor(channel / channelsInPage))];
  if (!page) throw new CcnetError('image-damaged', { file: name, reason: `it has no page ${slice + 1}` });
  tiffPageSize(file, slice, name);
  requireWhole(bytes.length, page, name);
  requireKnownKind(page, name);
  if (isReadAsValues(file, page)) {
    return { by: 'values', raster: await decodeValues(bytes, page, channel % channelsInPage, as, name) };
  }
  if (decodingOf(page.compression) === null) {
    throw new CcnetError('image-compression-unread', {
      file: name,
      compression: compressionName(page.compression),
    });
  }
  const stored = await restatedTiff(bytes, page, as, name);
  return stored ? { by: 'libvips', bytes: stored, page: 0 } : { by: 'libvips', bytes, page: page.index };
}

/** Photometric tags (TIFF 6.0; DNG 1.7; LogLuv) of colours that are no brightness of red, green and blue. */
const UNREAD_COLOURS: Readonly<Record<number, string>> = {
  8: 'CIELab',
  9: 'ICCLab',
  10: 'ITULab',
  32803: "a camera's raw mosaic",
  32844: 'LogL',
  32845: 'LogLuv',
  34892: "a camera's raw values",
};

/** Sound files that no decoder here takes. @throws image-values-unread, image-compression-unread, image-volume-in-page */
function requireKnownKind(
  { bits, compression, planar, tiled, directory, photometric }: TiffPage,
  name: string,
): void {
  const colours = UNREAD_COLOURS[photometric];
  if (colours !== undefined) throw new CcnetError('image-colours-unread', { file: name, colours });
  const depth = numberOf(directory, TAG.imageDepth, 1);
  if (depth > 1) throw new CcnetError('image-volume-in-page', { file: name, slices: depth });
  const told = compressionName(compression);
  if (compression === JPEG && bits !== 8)
    throw new CcnetError('image-compression-unread', { file: name, compression: `${told} of ${bits} bits` });
  if (decodingOf(compression) === 'pixels' && planar && tiled)
    throw new CcnetError('image-compression-unread', {
      file: name,
      compression: `${told}, each colour in tiles of its own`,
    });
}

/**
 * The page of the file that libvips shows as a slice of an image, where it can be trusted with it as it is; null where values are read otherwise.
 * @throws image-damaged where strips or tiles are not all in the file, and what decodeTiff throws for kinds that are not read
 */
export function libvipsPage(
  file: TiffFile & { readonly fileBytes: number },
  slice: number,
  name: string,
): number | null {
  const page = file.pages[file.axes.pageOf(slice, 0)];
  if (!page) return null;
  requireWhole(file.fileBytes, page, name);
  requireKnownKind(page, name);
  const isPlain = file.axes.channels === 1 && !isReadAsValues(file, page);
  const decoding = decodingOf(page.compression);
  return isPlain && decoding !== null && decoding !== 'zstd' ? page.index : null;
}

/** Whether the values of a page are read here, because libvips would change them or does not know where they lie. */
export function isReadAsValues(
  { channelsInPage }: Pick<TiffFile, 'channelsInPage'>,
  page: TiffPage,
): boolean {
  return page.block !== undefined || channelsInPage > 1 || !isOfLibvips(page);
}

/** Kinds that libvips hands on unchanged. */
function isOfLibvips(page: TiffPage): boolean {
  const { bits, format, compression, photometric, extraSamples, hasAlpha } = page;
  if (decodingOf(compression) === 'pixels' || decodingOf(compression) === null) return true;
  if (decodingOf(compression) === 'jpeg-2000' || (page.planar && page.tiled)) return false;
  if (isGreyTriple(page) || extraSamples > (hasAlpha ? 1 : 0)) return false;
  if (format === 'float' || format === 'signed') return bits === 32 && decodingOf(compression) !== 'zstd';
  if (format !== 'unsigned' || ![1, 2, 4, 8, 16, 32].includes(bits)) return false;
  const isColour = photometric > PHOTOMETRIC.minIsBlack && photometric !== PHOTOMETRIC.rgb;
  return decodingOf(compression) === 'bytes' || bits < 8 || isColour;
}

/** Three samples that do not say they are red, green and blue. */
function isGreyTriple({ photometric, samples, hasAlpha }: TiffPage): boolean {
  return photometric <= PHOTOMETRIC.minIsBlack && samples - (hasAlpha ? 1 : 0) === 3;
}

async function decodeValues(
  bytes: Buffer,
  page: TiffPage,
  sample: number,
  as: TiffPlane['as'],
  name: string,
): Promise<Raster> {
  const { width, height } = page;
  const { values, isColour } = await storedValues(bytes, page, sample, as, name);
  const notFinite = values instanceof Float32Array && replaceNotFinite(values);
  const grey = isColour && isGreyStoredAsColour(values);
  return {
    width,
    height,
    channels: isColour && !grey ? 3 : 1,
    bitDepth: values instanceof Uint8Array ? 8 : values instanceof Uint16Array ? 16 : 32,
    data: grey ? takeChannels(values, 3, 1) : values,
    alpha: null,
    orientation: numberOf(page.directory, TAG.orientation, 1),
    greyStoredAsColour: grey,
    notFinite,
  };
}

/**
 * The values of a page as they are stored, channel-last: three channels of a colour, else those of one sample.
 * @throws image-damaged, image-values-unread, image-compression-unread
 */
export async function storedValues(
  bytes: Buffer,
  page: TiffPage,
  sample: number,
  as: TiffPlane['as'],
  name: string,
): Promise<{ readonly values: SampleValues; readonly isColour: boolean }> {
  const { samples, photometric, planar, bits, format } = page;
  const isColour = photometric === PHOTOMETRIC.rgb || isGreyTriple(page);
  if (![PHOTOMETRIC.minIsWhite, PHOTOMETRIC.minIsBlack, PHOTOMETRIC.rgb].some((one) => one === photometric)) {
    const isIndexed = photometric === PHOTOMETRIC.palette && as === 'mask';
    if (!isIndexed)
      throw new CcnetError('image-values-unread', {
        file: name,
        values: `${valuesName(page)} indexed or mixed colour`,
      });
  }
  const wanted = isColour ? [0, 1, 2] : [sample];
  const all = async (plane: number): Promise<SampleValues> =>
    sampleValues(await tiffSampleBytes(bytes, page, plane, name));
  const read = planar ? interleave(await Promise.all(wanted.map(all))) : pick(await all(0), samples, wanted);
  if (as === 'image' && photometric === PHOTOMETRIC.minIsWhite && format === 'unsigned' && bits <= 16) {
    const white = 2 ** bits - 1;
    for (let index = 0; index < read.length; index += 1) read[index] = white - (read[index] ?? 0);
  }
  return { values: read, isColour };
}

function pick(values: SampleValues, samples: number, wanted: readonly number[]): SampleValues {
  if (samples === wanted.length) return values;
  const pixels = Math.floor(values.length / samples);
  const picked = emptyLike(values, pixels * wanted.length);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    wanted.forEach((sample, index) => {
      picked[pixel * wanted.length + index] = values[pixel * samples + sample] ?? 0;
    });
  }
  return picked;
}

function interleave(planes: readonly SampleValues[]): SampleValues {
  const [first, ...others] = planes;
  if (!first) throw new RangeError('interleave needs at least one plane.');
  if (others.length === 0) return first;
  const whole = emptyLike(first, first.length * planes.length);
  planes.forEach((plane, index) => {
    for (let pixel = 0; pixel < plane.length; pixel += 1)
      whole[pixel * planes.length + index] = plane[pixel] ?? 0;
  });
  return whole;
}

function emptyLike(values: SampleValues, length: number): SampleValues {
  if (values instanceof Uint8Array) return new Uint8Array(length);
  return values instanceof Uint16Array ? new Uint16Array(length) : new Float32Array(length);
}

/** Colours of a palette as 0xRRGGBB, by index; null for other pages. */
export function tiffPalette(page: TiffPage): number[] | null {
  if (page.photometric !== PHOTOMETRIC.palette) return null;
  const map = numbersOf(page.directory, TAG.colorMap).map((value) => value >> 8);
  const colours = Math.floor(map.length / 3);
  return Array.from(
    { length: colours },
    (_, index) =>
      ((map[index] ?? 0) << 16) | ((map[colours + index] ?? 0) << 8) | (map[2 * colours + index] ?? 0),
  );
}
