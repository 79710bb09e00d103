import type { Finding } from '#common/dataset/dataset.ts';
import { folderOf, stemOf } from './classifyPaths.ts';
import type { FilePair } from './filePair.ts';

const ARCHIVE = /\.(zip|7z|rar|tar|tgz|tar\.(gz|xz|bz2))$/i;
const OUTLINES = /\.(json|geojson|xml|roi)$/i;
/** Outlines of YOLO, one file for each image, and tables of run lengths as competitions give them. */
const YOLO = /\.txt$/i;
const RUN_LENGTHS = /(^|\/)[^/]*(rle|mask|label|annot|train|stage)[^/]*\.csv$/i;
const NAMED = 3;

/**
 * Files that are no images and yet may be what somebody is looking for: packed folders, always, and outlines in text form
 * where images are left without a mask.
 *
 * @param paths all visible files @param images those that look like images
 */
export function otherFileFindings(
  paths: readonly string[],
  images: readonly string[],
  pairs: readonly FilePair[],
): Finding[] {
  const severity = pairs.length === 0 ? 'error' : 'warning';
  const archives = paths.filter((path) => ARCHIVE.test(path));
  const findings = archives.map((file): Finding => {
    const problem = 'It lies packed in the folder and is not opened.';
    return { severity, code: 'archive-in-folder', file, problem, remedy: 'Unpack it where it lies.' };
  });
  const paired = new Set(pairs.map(({ image }) => image));
  const unpaired = images.filter((image) => !paired.has(image));
  if (unpaired.length === 0) return findings;
  const stems = new Set(unpaired.map(stemOf));
  // "c0.png.json" belongs to c0.png.
  const isNamed = (path: string): boolean => stems.has(stemOf(path)) || stems.has(stemOf(stemOf(path)));
  const outlines = paths.filter(
    (path) =>
      (OUTLINES.test(path) &&
        (pairs.length === 0 || isNamed(path) || /annot|coco|label|instances|via_|roi/i.test(path))) ||
      (YOLO.test(path) && isNamed(path)) ||
      RUN_LENGTHS.test(path),
  );
  const [first] = outlines;
  if (first === undefined) return findings;
  const names = outlines.slice(0, NAMED).map((path) => path.slice(path.lastIndexOf('/') + 1));
  const more = outlines.length > NAMED ? `, ... (${outlines.length} files)` : '';
  findings.push({
    severity,
    code: 'annotations-not-images',
    file: folderOf(first) === '' ? '.' : folderOf(first),
    problem:
      pairs.length === 0
        ? `Annotations (${names.join(', ')}${more}) are of a kind that is not read, or name no image here.`
        : `Annotations (${names.join(', ')}${more}) are not used, because other images have mask files.`,
    remedy:
      pairs.length === 0
        ? 'Export them for LabelMe, COCO, Label Studio (JSON), QuPath (GeoJSON), CVAT (for images) or ImageJ, or as mask images, PNG or TIFF.'
        : 'To use them, leave the mask files out of the folder, or export them as mask files too.',
  });
  return findings;
}
