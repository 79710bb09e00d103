import type { Metadata, Sharp } from 'sharp';
import { sharp } from '../dataset/decoding/imageDecoder.ts';
import { type ImageFormat, type PictureFormat, sniffFormat } from '../dataset/decoding/imageFormat.ts';
import { libvipsPage } from '../dataset/decoding/tiff/decodeTiff.ts';
import { tiffBands } from '../dataset/decoding/tiff/tiffBands.ts';
import { type TiffFile, tiffFileAt } from '../dataset/decoding/tiff/tiffFile.ts';
import type { Size } from '../dataset/working/resampleRows.ts';
import { readHead } from './readHead.ts';

/** Pixels from which on an image is read in bands, where its kind allows it. */
export const LARGE_PIXELS = 36e6;

/** Colour spaces in which libvips holds an image: naming it keeps the values from being converted. */
export type StoredSpace = 'b-w' | 'srgb' | 'grey16' | 'rgb16' | 'scrgb';

/** A page of a file that can be read in bands, as its header tells it. */
export interface LargeImage extends Size {
  readonly path: string;
  /** As messages call it. */
  readonly name: string;
  readonly format: PictureFormat;
  /** Page of the file; of a TIFF levels of pyramids count. */
  readonly page: number;
  /** Without transparency. */
  readonly channels: 1 | 3;
  readonly depth: 8 | 16 | 32;
  readonly space: StoredSpace;
  /** What libvips calls the type of its values. */
  readonly values: StoredValues;
  /** Colours come through a palette, or with transparency, which resampling would mix into them. */
  readonly mixed: boolean;
  /** Its values are read by our own decoder, because libvips would change them; `page` is then the slice. */
  readonly asValues: boolean;
}

/** Types of values that libvips hands on unchanged, and the spaces in which it does. */
const SPACES = {
  uchar: ['b-w', 'srgb'],
  ushort: ['grey16', 'rgb16'],
  float: ['b-w', 'srgb', 'scrgb'],
  int: ['b-w', 'srgb'],
  uint: ['b-w', 'srgb'],
} as const satisfies Readonly<Record<string, readonly StoredSpace[]>>;
type StoredValues = keyof typeof SPACES;

const DEPTHS: Readonly<Record<StoredValues, LargeImage['depth']>> = {
  uchar: 8,
  ushort: 16,
  float: 32,
  int: 32,
  uint: 32,
};

/**
 * The page of a file as one that is read in bands, or null where it has to be read whole: palettes and transparency outside of PNG and
 * plain TIFF, a TIFF packed in one part, DICOM, NIfTI, GIF and BMP.
 * @param slice of the file, from 0, as whole reading counts
 * @param name the file's, for messages
 * @throws image-damaged where strips or tiles of a TIFF are not all in the file, and what decodeTiff throws for kinds that are not read
 */
export async function largeImage(path: string, slice: number, name: string): Promise<LargeImage | null> {
  const format = sniffFormat(await readHead(path, HEAD_BYTES).catch(() => Buffer.alloc(0)));
  if (!isBanded(format)) return null;
  const file = format === 'tiff' ? tiffFileAt(path, name) : null;
  const page = file ? libvipsPage(file, slice, name) : slice;
  if (page === null) return file && ofValues(file, path, slice, name);
  const found: Metadata | null = await openPage(path, page)
    .metadata()
    .catch(() => null);
  if (!found || (found.isPalette === true && found.format !== 'png')) return null;
  const { width, height, hasAlpha } = found;
  const channels = found.channels - (hasAlpha ? 1 : 0);
  const depth: string = found.depth;
  if (!isStored(depth) || (channels !== 1 && channels !== 3)) return null;
  const space = SPACES[depth].find((one) => one === String(found.space));
  if (!space) return null;
  const mixed = hasAlpha || found.isPalette === true;
  const stored = { depth: DEPTHS[depth], space, values: depth, mixed };
  return { path, name, format, page, width, height, channels, ...stored, asValues: false };
}

/** A slice of a TIFF whose values our own decoder reads; null where it cannot in bands. */
function ofValues(file: TiffFile, path: string, slice: number, name: string): LargeImage | null {
  const found = tiffBands(file, slice);
  if (!found) return null;
  const { width, height, channels, depth } = found;
  const grey = channels === 1;
  const [space, values]: [StoredSpace, StoredValues] =
    depth === 16
      ? [grey ? 'grey16' : 'rgb16', 'ushort']
      : [grey ? 'b-w' : 'srgb', depth === 8 ? 'uchar' : 'float'];
  const stored = { depth, space, values, mixed: false, asValues: true };
  return { path, name, format: 'tiff', page: slice, width, height, channels, ...stored };
}

/** Slices of a file as whole reading counts them. @throws image-damaged */
export function slicesOf({ path, format, name }: LargeImage): number {
  return format === 'tiff' ? tiffFileAt(path, name).axes.slices : 1;
}

/** Formats of which libvips can decode a part from the top. */
const BANDED = ['png', 'jpeg', 'webp', 'tiff'] as const;
const isBanded = (format: ImageFormat | null): format is (typeof BANDED)[number] =>
  BANDED.some((one) => one === format);
/** Enough to tell a format. */
const HEAD_BYTES = 4096;

const isStored = (depth: string): depth is StoredValues => depth in SPACES;

/** How a page is read from its top to its end. */
export const fromTop = (page: number) =>
  ({ page, limitInputPixels: false, ignoreIcc: true, sequentialRead: true }) as const;

function openPage(path: string, page: number): Sharp {
  return sharp(path, { ...fromTop(page), failOn: 'error' });
}
