import { mayBeAnnotation } from '../annotations/readAnnotation.ts';
import type { DicomInfo } from '../decoding/dicom/dicomInfo.ts';
import type { DatasetSource, SourceFile } from '../source/datasetSource.ts';
import { annotationPairs } from './annotationPairs.ts';
import { stemOf } from './classifyPaths.ts';
import { dicomFiles } from './dicomFiles.ts';
import { dicomSeries } from './dicomSeries.ts';
import { type Discovery, discoverPairs } from './discoverPairs.ts';
import { naturalOrder } from './naturalOrder.ts';
import { ANNOTATIONS } from './maskSource.ts';
import { isServiceName } from './serviceNames.ts';

/** Pairs of a source, whatever the format, and what annotation files call their classes. */
export interface SampleDiscovery extends Discovery {
  /** Of masks that are drawn by annotations, in natural order; none where masks are files. */
  readonly classes: readonly string[];
  readonly dicom: ReadonlyMap<string, DicomInfo>;
  /** Files that may hold annotations of images that are there. */
  readonly annotations: number;
}

/** Evidence that no file has. */
const NOWHERE = '\0';

/**
 * Finds the image/mask pairs of a source: by names, as `discoverPairs` does, and where that finds none by what annotation files say. Slices of DICOM
 * series are named and ordered by their place.
 * @param check throws when the work is cancelled
 * @param masksFrom which of several kinds of masks, where a person has chosen
 */
export async function discoverSamples(
  source: DatasetSource,
  files: readonly SourceFile[],
  check: () => void,
  masksFrom?: string,
): Promise<SampleDiscovery> {
  const visible = files.filter(({ path }) => !path.split('/').some(isServiceName));
  const dicom = await dicomFiles(source, visible, check);
  const other = (path: string): boolean => (dicom.get(path)?.kind ?? 'image') !== 'image';
  const paths = visible.map(({ path }) => path).filter((path) => !other(path));
  const isDicomImage = (path: string): boolean => dicom.get(path)?.kind === 'image';
  const isFromFiles = masksFrom !== ANNOTATIONS;
  const byNames = discoverPairs(paths, isDicomImage, isFromFiles ? masksFrom : NOWHERE);
  const drawn = await annotationPairs(source, visible, byNames, dicom, check);
  const found = drawn ?? { ...byNames, classes: [] };
  const named = visible.filter(({ path }) => looksAnnotated(path, dicom));
  const annotations = drawn || (await drawSomething(source, named, dicom)) ? named.length : 0;
  return { ...found, pairs: apart(inSeries(found.pairs, dicom)), dicom, annotations };
}

const TRIED = 5;
const START = 64 * 1024;
/** What stands near the beginning of the JSON and XML that `readAnnotation` knows. */
const DRAWS = /"(shapes|geometry|annotations|segmentation|file_name)"\s*:|<annotations[\s>]/;

/** Whether files that are called as annotations are begin as such, which side-cars and settings do not; the first few tell it of all. */
async function drawSomething(
  source: DatasetSource,
  files: readonly SourceFile[],
  dicom: ReadonlyMap<string, DicomInfo>,
): Promise<boolean> {
  for (const { path } of files.slice(0, TRIED)) {
    if (dicom.has(path) || /\.roi$/i.test(path)) return true;
    const start = await source.readStart(path, START).catch(() => null);
    if (start && DRAWS.test(start.toString(start[0] === 0xff ? 'utf16le' : 'utf8'))) return true;
  }
  return false;
}

/** Volumes of one name in folders of patients ("p1/ct.nii", "p2/ct.nii") are not one volume: they are told apart by their paths. */
function apart(pairs: Discovery['pairs']): Discovery['pairs'] {
  const volumes = pairs.filter(({ image }) => /\.nii(\.gz)?$/i.test(image));
  const ofName = Map.groupBy(volumes, ({ image }) => stemOf(image));
  const several = new Set([...ofName.values()].filter((same) => same.length > 1).flat());
  return pairs.map((pair) => {
    const path = pair.image.replace(/\.nii(\.gz)?$/i, '');
    return several.has(pair) ? { ...pair, name: path.replaceAll('/', '_'), group: pair.group ?? path } : pair;
  });
}

/** By its name alone: packed folders and settings are no annotations. */
function looksAnnotated(path: string, dicom: ReadonlyMap<string, DicomInfo>): boolean {
  return !/\.zip$/i.test(path) && mayBeAnnotation(path, dicom.get(path)?.kind);
}

function inSeries(pairs: Discovery['pairs'], dicom: ReadonlyMap<string, DicomInfo>): Discovery['pairs'] {
  const places = dicomSeries(dicom);
  const order = (path: string): number => places.get(path)?.order ?? -1;
  return pairs
    .map((pair) => {
      const place = places.get(pair.image);
      return place ? { ...pair, name: place.name, group: place.group } : pair;
    })
    .sort((a, b) => order(a.image) - order(b.image) || naturalOrder(a.image, b.image));
}
