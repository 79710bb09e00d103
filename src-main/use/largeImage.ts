import type { Metadata, Sharp } from 'sharp';
import { sharp } from '../dataset/decoding/imageDecoder.ts';
import type { Size } from '../dataset/working/resampleRows.ts';

/** Pixels from which on an image is read in bands, where its kind allows it. */
export const LARGE_PIXELS = 36e6;

/** Colour spaces in which libvips holds an image: naming it keeps the values from being converted. */
export type StoredSpace = 'b-w' | 'srgb' | 'grey16' | 'rgb16' | 'scrgb';

/** A page of a file that can be read in bands, as its header tells it. */
export interface LargeImage extends Size {
  readonly path: string;
  readonly page: number;
  /** Without transparency. */
  readonly channels: 1 | 3;
  readonly depth: 8 | 16 | 32;
  readonly space: StoredSpace;
  /** What libvips calls the type of its values. */
  readonly values: StoredValues;
  /** Colours come through a palette, or with transparency, which resampling would mix into them. */
  readonly mixed: boolean;
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
 * The page of a file as one that is read in bands, or null where it has to be read whole: values of rare types, palettes and
 * transparency outside of PNG and plain TIFF, and formats that libvips does not read.
 */
export async function largeImage(path: string, page: number): Promise<LargeImage | null> {
  const found: Metadata | null = await openPage(path, page)
    .metadata()
    .catch(() => null);
  if (!found || found.format === 'gif' || (found.isPalette === true && found.format !== 'png')) return null;
  const { width, height, hasAlpha } = found;
  const channels = found.channels - (hasAlpha ? 1 : 0);
  const depth: string = found.depth;
  if (!isStored(depth) || (channels !== 1 && channels !== 3)) return null;
  const space = SPACES[depth].find((one) => one === String(found.space));
  if (!space) return null;
  const mixed = hasAlpha || found.isPalette === true;
  return { path, page, width, height, channels, depth: DEPTHS[depth], space, values: depth, mixed };
}

const isStored = (depth: string): depth is StoredValues => depth in SPACES;

/** Opens a page for reading from its top to its end. */
export function openPage(path: string, page: number): Sharp {
  return sharp(path, {
    page,
    limitInputPixels: false,
    ignoreIcc: true,
    failOn: 'warning',
    sequentialRead: true,
  });
}
