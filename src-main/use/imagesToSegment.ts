import { realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import { kindOfFile } from '../dataset/decoding/imageFormat.ts';
import { classifyPaths } from '../dataset/pairing/classifyPaths.ts';
import { discoverSamples } from '../dataset/pairing/discoverSamples.ts';
import type { DatasetSource } from '../dataset/source/datasetSource.ts';

/** An image file that is to be segmented, with its drawn masks where there are any. */
export interface ImageToSegment {
  /** Relative to the source's root, with forward slashes. */
  readonly path: string;
  /** Empty without masks. */
  readonly masks: readonly string[];
}

/**
 * The images of a folder or .zip: what has a mask beside it by the conventions of datasets is scored too, and masks are no images. What lies in
 * the folder of the results counts for nothing.
 * @param out the folder of the results; null where there will be none
 * @throws nothing-to-segment, output-among-images
 */
export async function imagesToSegment(
  source: DatasetSource,
  out: string | null,
  check: () => void = () => undefined,
): Promise<ImageToSegment[]> {
  const inside = out === null ? null : await insideOf(source, out);
  if (inside === '') throw new CcnetError('output-among-images', { path: source.root });
  const listed = (await source.list()).files.filter(
    ({ path }) => inside === null || !path.startsWith(`${inside}/`),
  );
  const { pairs, dicom } = await discoverSamples(source, listed, check);
  const paths = listed
    .map(({ path }) => path)
    .filter((path) =>
      dicom.has(path) ? dicom.get(path)?.kind === 'image' : kindOfFile(path) === 'readable',
    );
  const masksOf = new Map(pairs.map(({ image, masks }) => [image, masks]));
  const used = new Set(pairs.flatMap(({ masks }) => masks));
  const roles = new Map(classifyPaths(paths).map(({ path, role }) => [path, role]));
  const someImages = paths.some((path) => roles.get(path) === 'image' && !used.has(path));
  const images = paths
    .filter((path) => !used.has(path) && (!someImages || masksOf.has(path) || roles.get(path) === 'image'))
    .map((path) => ({ path, masks: masksOf.get(path) ?? [] }));
  if (images.length === 0) throw new CcnetError('nothing-to-segment', { path: source.root });
  return images;
}

/** The results' folder relative to the source's, '' when they are the same, null when it lies elsewhere. */
async function insideOf({ root, kind }: DatasetSource, out: string): Promise<string | null> {
  if (kind !== 'folder') return null;
  const real = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));
  const between = relative(await real(root), await real(out));
  if (between === '') return '';
  return between.startsWith('..') || resolve(between) === between ? null : between.split(sep).join('/');
}

/** Where a file of a folder lies, or null where it is no file of its own: in a .zip, or behind a link that leads out. */
export async function placeOf({ root, kind }: DatasetSource, path: string): Promise<string | null> {
  if (kind !== 'folder') return null;
  const [realRoot, place] = await Promise.all([realpath(root), realpath(join(root, path)).catch(() => null)]);
  const prefix = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
  return place?.startsWith(prefix) ? place : null;
}
