import type { Split } from '#common/dataset/dataset.ts';
import type { NameRole } from './pathRole.ts';
import { bareStem, folderRole, nameTokens, stemRole } from './pathRole.ts';

/** A path, what it seems to be, and the keys by which images and masks find each other. */
export interface ClassifiedPath {
  readonly path: string;
  readonly role: 'image' | 'mask' | 'other';
  readonly rank: number;
  /** The folder that holds the file, "" at the root. */
  readonly folder: string;
  /** What an image's and its mask's folders have in common, role words removed: "train/site a". */
  readonly place: string;
  /** Folders on the way that say neither image nor mask nor split: of patients, sites, recordings. */
  readonly beside: readonly string[];
  /** Its folder says that it holds images. */
  readonly isCalledImage: boolean;
  readonly split: Split | null;
  /** File name without extension: as it is, without its mask word, bare, without words for images, and only what precedes its mask word. */
  readonly stem: string;
  readonly withoutMaskWord: string;
  readonly bare: string;
  readonly withoutImageWord: string;
  /** The split that the file's own name says. */
  readonly namedSplit: Split | null;
  readonly beforeMaskWord: string;
  /** The same as it is written (Unicode NFC), so that nothing that tells two names apart is lost. */
  readonly exact: {
    readonly place: string;
    readonly stem: string;
    /** Without the extensions of images within the name: "a1.tif.png" is "a1". */
    readonly inner: string;
    readonly withoutMaskWord: string;
  };
  /** Where the mask role came from, for people: "masks/" or "_mask". */
  readonly evidence: string;
}

/** File name without extension; "x.ome.tif" is "x", and the last number of an identifier is no extension. */
export function stemOf(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.nii\.gz$|(\.ome)?\.(?!\d+$)[^.]*$/i, '')
    .normalize('NFC');
}

const INNER_EXTENSION =
  /(?:\.ome)?\.(?:tiff?|png|jpe?g|bmp|gif|webp|svs|ndpi|czi|lif|nd2|dcm|nii)(?=[^\p{L}\p{N}]|$)/giu;

/** A stem without the image extensions that tools leave inside names: "a1.tif" (of a1.tif.png), "a1.tif_mask". */
function innerStem(stem: string): string {
  const inner = stem.replace(INNER_EXTENSION, '');
  return inner === '' ? stem : inner;
}

/** A stem as it is written, without its mask word and what joins that to the rest: "PEG-_1" of "PEG-_1_Mask". */
function withoutWords(stem: string, words: readonly string[]): string {
  if (words.length === 0) return stem;
  const spread = words.map((word) => word.replaceAll('+', String.raw`\+`)).join(String.raw`[^\p{L}\p{N}]*`);
  const found = [...stem.matchAll(new RegExp(spread, 'giu'))].at(-1);
  if (!found) return stem;
  const before = stem.slice(0, found.index).replace(/(\s+-\s+|[\s_.]+|-)$/u, '');
  const after = stem.slice(found.index + found[0].length).replace(/^(\s+-\s+|[\s_.]+|-)/u, '');
  return [before, after].filter(Boolean).join('_') || stem;
}

/** Folder of a path, "" at the root. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** Decides for every path whether it is an image or a mask, by its folders first and its own name second. */
export function classifyPaths(paths: readonly string[]): ClassifiedPath[] {
  const skip = commonFolderDepth(paths);
  const stemsByFolder = new Map<string, Set<string>>();
  for (const path of paths) {
    const stems = stemsByFolder.get(folderOf(path)) ?? new Set();
    stems.add(nameTokens(innerStem(stemOf(path))).join('_'));
    stemsByFolder.set(folderOf(path), stems);
  }
  const facts = paths.map((path) => {
    const role = stemRole(innerStem(stemOf(path)));
    // "x_mask" beside "x" is a mask of it, whatever the folder is called.
    const besideImage =
      role.kind === 'mask' &&
      [role.rest, role.before].some((core) => core !== '' && stemsByFolder.get(folderOf(path))?.has(core));
    return { path, role, besideImage: besideImage === true };
  });
  const mixedFolders = new Set(facts.filter((fact) => fact.besideImage).map((fact) => folderOf(fact.path)));
  return facts.map(({ path, role, besideImage }) =>
    classify(path, role, besideImage, mixedFolders.has(folderOf(path)), skip),
  );
}

function classify(
  path: string,
  stem: NameRole,
  besideImage: boolean,
  folderIsMixed: boolean,
  skip: number,
): ClassifiedPath {
  const folder = folderOf(path);
  const segments = folder === '' ? [] : folder.split('/').slice(skip);
  const roles = segments.map(folderRole);
  const deciding = roles.findLastIndex((role) => role.kind !== 'neither');
  const folderSays = deciding < 0 || folderIsMixed ? null : (roles[deciding] ?? null);
  const place = roles.map((role, index) => {
    const name = index === deciding ? role.rest : nameTokens(segments[index] ?? '').join('_');
    return index === deciding && role.split !== null ? [role.split, name].filter(Boolean).join('_') : name;
  });
  const isOther = (stem.rank === 9 || roles.some((role) => role.rank === 9)) && !besideImage;
  const isMask = folderSays === null ? stem.kind === 'mask' : folderSays.kind === 'mask';
  const written = stemOf(path);
  const inner = innerStem(written);
  const wholeStem = nameTokens(inner).join('_');
  return {
    path,
    role: isOther ? 'other' : isMask && (!folderIsMixed || besideImage) ? 'mask' : 'image',
    rank: folderSays?.kind === 'mask' ? folderSays.rank : stem.rank,
    folder,
    place: place.map(canonicalPlace).filter(Boolean).join('/'),
    beside: place.filter((name, index) => index !== deciding && name !== '' && canonicalPlace(name) === name),
    isCalledImage: folderSays?.kind === 'image',
    split: roles.findLast((role) => role.split !== null)?.split ?? null,
    stem: wholeStem,
    withoutMaskWord: stem.kind === 'mask' ? stem.rest : wholeStem,
    bare: bareStem(stem.rest),
    withoutImageWord: stem.rest,
    namedSplit: folderRole(inner).split,
    beforeMaskWord: stem.kind === 'mask' ? stem.before : wholeStem,
    exact: {
      place: segments
        .map((segment, index) => (index === deciding ? (place[index] ?? '') : segment.normalize('NFC')))
        .map(canonicalSplit)
        .filter(Boolean)
        .join('/'),
      stem: written,
      inner,
      withoutMaskWord: withoutWords(inner, stem.words),
    },
    evidence:
      folderSays?.kind === 'mask'
        ? `${segments[deciding] ?? ''}/`
        : `"${stem.words.join(' ')}" in the file name`,
  };
}

/** Folders that say nothing but the split ("training", "tr") count as the split's own name. */
function canonicalPlace(name: string): string {
  const role = folderRole(name);
  return role.split !== null && role.rest === '' && role.kind === 'neither' ? role.split : name;
}

function canonicalSplit(name: string): string {
  const canonical = canonicalPlace(name);
  return folderRole(name).split === canonical ? canonical : name;
}

/** Leading folders that all paths share say nothing about any of them ("segmentation_data/..." in a .zip). */
function commonFolderDepth(paths: readonly string[]): number {
  const [first, ...others] = paths.map((path) => folderOf(path).split('/'));
  if (first === undefined || first[0] === '') return 0;
  let depth = 0;
  while (depth < first.length && others.every((segments) => segments[depth] === first[depth])) depth += 1;
  return depth;
}
