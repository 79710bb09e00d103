import type { Finding } from '#common/dataset/dataset.ts';
import { CcnetError, hasCode } from '#common/errors.ts';
import { remedyOf } from '#common/failures/failures.ts';
import type { AnnotationFile } from '../annotations/drawing.ts';
import { counted } from '#common/format.ts';
import { drawnMask, fileOfMask } from '../annotations/maskReference.ts';
import { mayBeAnnotation, OF_NO_KIND, readAnnotation } from '../annotations/readAnnotation.ts';
import type { DicomInfo } from '../decoding/dicom/dicomInfo.ts';
import { kindOfFile } from '../decoding/imageFormat.ts';
import { MAX_ANNOTATION_BYTES } from '../decoding/limits.ts';
import type { DatasetSource, SourceFile } from '../source/datasetSource.ts';
import { classifyPaths } from './classifyPaths.ts';
import type { Discovery } from './discoverPairs.ts';
import type { FilePair } from './filePair.ts';
import { imagesByName } from './imagesByName.ts';
import { naturalOrder } from './naturalOrder.ts';

/**
 * Pairs images with what annotation files draw on them. Only where no image has a mask file: a dataset has its masks from one kind of source.
 * @param byNames what was found by names
 * @returns null where there are no annotations, or masks that are files
 */
export async function annotationPairs(
  source: DatasetSource,
  files: readonly SourceFile[],
  byNames: Discovery,
  dicom: ReadonlyMap<string, DicomInfo>,
  check: () => void,
): Promise<(Discovery & { classes: readonly string[] }) | null> {
  const isSlice = (path: string): boolean => dicom.get(path)?.kind === 'image';
  // Names pair files, and tell nothing of which slice of a volume belongs to which slice of DICOM.
  const isByPlace = ({ image, masks }: FilePair): boolean => isSlice(image) && masks.every(isVolume);
  if (!byNames.pairs.every(isByPlace)) return null;
  const hasSlices = files.some(({ path }) => isSlice(path));
  const candidates = files.filter(
    ({ path }) => mayBeAnnotation(path, dicom.get(path)?.kind) || (hasSlices && isVolume(path)),
  );
  if (candidates.length === 0) return null;
  const findings: Finding[] = [];
  /** Files that draw on nothing that is here: the reason where nothing else draws, worth a word otherwise. */
  const idle: Finding[] = [];
  const paths = files
    .map(({ path }) => path)
    .filter((path) =>
      dicom.has(path) ? isSlice(path) : kindOfFile(path) === 'readable' && !(hasSlices && isVolume(path)),
    );
  const images = new Map(classifyPaths(paths).map((one) => [one.path, one]));
  const isMaskFile = (path: string): boolean => images.get(path)?.role === 'mask';
  const all = imagesByName(paths);
  /** Mask files often have the names of their images, and nobody draws on them. */
  const named: typeof all = (name, annotation) => {
    const found = all(name, annotation);
    const drawable = found.filter((path) => !isMaskFile(path));
    return drawable.length > 0 ? drawable : found;
  };
  const masks = new Map<string, string[]>();
  const classes = new Set<string>();
  const tools = new Map<string, number>();
  const used = new Set<string>();
  for (const { path } of candidates) {
    check();
    try {
      const annotation = await readAnnotation(await source.read(path, MAX_ANNOTATION_BYTES), path);
      const { images: found, unclear } = drawnOn(annotation, path, named, dicom);
      if (unclear) findings.push(unread(path, unclear));
      const drawn = ofOneSeries(annotation, path, found, dicom);
      const namesSome = annotation.imageNames?.length !== 0;
      if (drawn.length === 0 && !unclear && namesSome) idle.push(unread(path, ofNoImage(annotation, path)));
      for (const image of drawn) masks.set(image, [...(masks.get(image) ?? []), drawnMask(path, image)]);
      if (drawn.length > 0) {
        for (const name of annotation.classes) classes.add(name);
        tools.set(annotation.tool, (tools.get(annotation.tool) ?? 0) + drawn.length);
        used.add(path);
      }
    } catch (error) {
      if (!(error instanceof CcnetError) || hasCode(error, 'cancelled', 'out-of-memory')) throw error;
      if (isOfNoKind(error)) continue;
      findings.push(unread(path, error as CcnetError));
    }
  }
  if (masks.size === 0) {
    findings.push(...idle);
    if (findings.length === 0) return null;
    const told = new Set(findings.map(({ file }) => file));
    const others = byNames.findings.filter(
      ({ code, file }) => code !== 'annotations-not-images' && !told.has(file),
    );
    return { ...byNames, findings: [...findings, ...others], classes: [] };
  }
  const pairs = [...masks].map(([image, drawn]): FilePair => ({
    image,
    masks: drawn.sort(naturalOrder),
    givenSplit: images.get(image)?.split ?? null,
    convention: `outlines of ${[...tools]
      .sort((a, b) => b[1] - a[1])
      .map(([tool]) => tool)
      .join(' and ')}`,
  }));
  pairs.sort((a, b) => naturalOrder(a.image, b.image));
  const without = paths.filter((path) => !masks.has(path) && !isMaskFile(path));
  return {
    pairs,
    findings: [
      ...byNames.findings.filter(({ code, file }) => !SETTLED.includes(code) && !used.has(file)),
      ...findings,
      ...idle.map((finding): Finding => ({ ...finding, severity: 'warning' })),
      ...unitedFindings(masks),
      ...without.map(notDrawnOn),
    ],
    convention: pairs[0]?.convention ?? '',
    maskSources: byNames.maskSources,
    candidates: { images: paths, masks: byNames.candidates.masks.filter((path) => !images.has(path)) },
    counted: { ...byNames.counted, masks: pairs.length },
    classes: [...classes].sort(naturalOrder),
  };
}

function unread(file: string, error: CcnetError): Finding {
  const { failure, message: problem } = error;
  return { severity: 'error', code: 'annotation-unread', file, problem, remedy: remedyOf(failure) };
}

function ofNoImage({ tool, imageNames }: AnnotationFile, file: string): CcnetError {
  const names = (imageNames ?? []).flatMap(([name]) => name ?? []);
  return new CcnetError('annotation-of-no-image', { file, tool, names });
}

function isVolume(path: string): boolean {
  return /\.nii(\.gz)?$/i.test(path);
}

/**
 * The slices of one series, where a place is all that tells an image: of several that lie there, the one whose folder is nearest to the mask.
 * @throws mask-of-no-series, mask-of-several-series
 */
function ofOneSeries(
  { isByPlace = false }: AnnotationFile,
  file: string,
  drawn: readonly string[],
  dicom: ReadonlyMap<string, DicomInfo>,
): readonly string[] {
  if (!isByPlace) return drawn;
  if (drawn.length === 0) throw new CcnetError('mask-of-no-series', { file });
  const series = [...Map.groupBy(drawn, (image) => dicom.get(image)?.series || image).values()];
  const shared = series.map((images) => Math.max(...images.map((image) => sharedFolders(image, file))));
  const nearest = series.filter((_, index) => shared[index] === Math.max(...shared));
  const [only, ...others] = nearest;
  if (only && others.length === 0) return only;
  throw new CcnetError('mask-of-several-series', { file, images: nearest.flatMap(([first]) => first ?? []) });
}

/** Folders that two paths have in common, from the top. */
function sharedFolders(a: string, b: string): number {
  const [one, other] = [a, b].map((path) => path.split('/').slice(0, -1));
  const differ = one?.findIndex((folder, index) => folder !== other?.[index]) ?? -1;
  return differ < 0 ? (one?.length ?? 0) : differ;
}

/** What was found by names and is answered by annotations. */
const SETTLED = ['unpaired-image', 'unpaired-mask', 'folder-without-masks', 'annotations-not-images'];

function isOfNoKind(error: unknown): boolean {
  return hasCode(error, 'annotation-unread') && error.facts.reason === OF_NO_KIND;
}

/**
 * The images that an annotation file draws on, and why some that it names are not among them.
 * @throws annotation-of-two-images
 */
function drawnOn(
  annotation: AnnotationFile,
  path: string,
  named: ReturnType<typeof imagesByName>,
  dicom: ReadonlyMap<string, DicomInfo>,
): { images: string[]; unclear: CcnetError | null } {
  let unclear: CcnetError | null = null;
  const candidates: string[] = [];
  for (const names of annotation.imageNames ?? []) {
    const found = names.map((name) => named(name, path)).filter((images) => images.length > 0);
    const [first = [], ...others] = found;
    const [image, ...rivals] = first;
    if (image === undefined) continue;
    if (rivals.length > 0) {
      unclear ??= new CcnetError('annotation-of-several-images', {
        file: path,
        name: names[0] ?? '',
        images: first,
      });
      continue;
    }
    const called = others.find((images) => !images.includes(image))?.[0];
    if (annotation.namesMustAgree && called !== undefined)
      throw new CcnetError('annotation-of-two-images', { file: path, named: image, called });
    candidates.push(image);
  }
  if (annotation.imageNames === null)
    candidates.push(...[...dicom].filter(([, { kind }]) => kind === 'image').map(([image]) => image));
  const images = [...new Set(candidates)].filter(
    (image) => annotation.drawingOn({ path: image, dicom: dicom.get(image) ?? null }) !== null,
  );
  return { images, unclear };
}

/** Images on which several files draw: parts of one annotation, or two people's of the same. */
function unitedFindings(masks: ReadonlyMap<string, readonly string[]>): Finding[] {
  const united = [...masks].filter(([, drawn]) => drawn.length > 1);
  const [first] = united;
  if (!first) return [];
  const [image, drawn] = first;
  return [
    {
      severity: 'warning',
      code: 'annotations-united',
      file: '.',
      problem: `${counted(united.length, 'image is', 'images are')} drawn on by several annotation files, and all count together: ${image} by ${drawn.map(fileOfMask).join(' and ')}${united.length > 1 ? ', ...' : ''}.`,
      remedy: [
        'Right where each file holds a part. Where they are several versions or several people\u2019s, leave one of them in the folder.',
        { kind: 'look-at-overlay' },
      ],
    },
  ];
}

function notDrawnOn(file: string): Finding {
  return {
    severity: 'warning',
    code: 'image-not-annotated',
    file,
    problem: 'No annotation file that is used says anything of this image, so it is left out.',
    remedy:
      'If nothing is to be found in it, save it with an empty annotation; otherwise annotate it, or leave it out.',
  };
}
