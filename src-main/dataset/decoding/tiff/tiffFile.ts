import { bufferAccess, type RandomAccess, withFileAccess } from '../../../files/randomAccess.ts';
import { imageJImages } from './imageJAxes.ts';
import { imagePages } from './imagePages.ts';
import { truncatedValues } from './shapedAxes.ts';
import { stackAxes } from './stackAxes.ts';
import type { StackAxes } from './stackGrid.ts';
import { TAG, textOf, tiffDirectories } from './tiffDirectories.ts';
import { PHOTOMETRIC, tiffBlocks, type TiffPage, tiffPage } from './tiffPage.ts';

/** What a TIFF says about itself, before anything is decoded. */
export interface TiffFile {
  /** Images of their own, levels of pyramids left out. */
  readonly pages: readonly TiffPage[];
  readonly axes: StackAxes;
  /** Channels that are samples of one page; 1 for grey and for colour. */
  readonly channelsInPage: number;
}

const known = new WeakMap<Buffer, TiffFile>();

/** Reads the directories of a TIFF, once for a buffer. @throws image-damaged, stack-unclear, image-in-several-files */
export function tiffFile(bytes: Buffer, name: string): TiffFile {
  const before = known.get(bytes);
  if (before) return before;
  const file = readTiff(bufferAccess(bytes), name);
  known.set(bytes, file);
  return file;
}

/** The same of a file of which only the directories are read. @throws image-damaged */
export function tiffFileAt(path: string, name: string): TiffFile & { readonly fileBytes: number } {
  return withFileAccess(path, (bytes) => ({ ...readTiff(bytes, name), fileBytes: bytes.length }));
}

function readTiff(bytes: RandomAccess, name: string): TiffFile {
  const directories = tiffDirectories(bytes, name);
  const pages = imagePages(directories.map(tiffPage));
  const [first] = pages;
  const description = first ? textOf(first.directory, TAG.imageDescription) : '';
  const all = first && pages.length === 1 ? contiguousPages(first, description, bytes.length) : pages;
  const places = all === pages ? pages.map(({ index }) => index) : [...all.keys()];
  return {
    pages: all,
    axes: stackAxes(description, places, name),
    channelsInPage: first ? channelsInPage(first) : 1,
  };
}

/** ImageJ writes large stacks with one directory, and all further images after the first one; tifffile does so when it is told to. */
function contiguousPages(page: TiffPage, description: string, fileBytes: number): readonly TiffPage[] {
  const { width, height, samples, bits } = page;
  const values = width * height * samples;
  const images = Math.max(imageJImages(description), Math.floor(truncatedValues(description) / values));
  const [block, ...others] = tiffBlocks(page);
  const bytes = (values * bits) / 8;
  const follows =
    page.compression === 1 && !page.tiled && !page.planar && others.length === 0 && block !== undefined;
  if (!follows || !(images > 1) || bytes === 0 || block.offset + images * bytes > fileBytes) return [page];
  return Array.from({ length: images }, (_, image) => ({
    ...page,
    block: { offset: block.offset + image * bytes, bytes },
  }));
}

function channelsInPage({ photometric, samples, hasAlpha }: TiffPage): number {
  const isGrey = photometric === PHOTOMETRIC.minIsBlack || photometric === PHOTOMETRIC.minIsWhite;
  const values = samples - (hasAlpha ? 1 : 0);
  return isGrey && values !== 3 ? Math.max(1, values) : 1;
}
