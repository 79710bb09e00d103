import type { Finding } from '#common/dataset/dataset.ts';
import type { ClassifiedPath } from './classifyPaths.ts';
import { namedAlike, namesOfImages } from './constantAffix.ts';
import { acrossFolders, placesOf } from './differentPlaces.ts';
import type { FilePair } from './filePair.ts';
import {
  ambiguousImages,
  ambiguousMasks,
  partsOfOthers,
  unpairedFindings,
} from '../doctor/pairingFindings.ts';
import { shiftedNumbers } from './shiftedNumbers.ts';
import { losslessOf, preferredMask } from './preferredFile.ts';

type Key = (path: ClassifiedPath) => string | null;

interface Rule {
  readonly image: Key;
  readonly mask: Key;
  /** Whatever the folders are. */
  readonly across?: true;
  /** Only for images that have no mask yet. */
  readonly alone?: true;
}

const written = ({ exact }: ClassifiedPath, stem: string): string => `${exact.place}|${stem}`;

const here = (path: ClassifiedPath, stem: string): string => `${path.place}|${stem}`;
const anywhere = (stem: string): string | null => (stem === '' ? null : stem);
/** "img_001" and "mask_1" have one number. */
const countedAlike = (stem: string): string => stem.replace(/(?<!\d)0+(?=\d)/g, '');
const withoutNumber = (stem: string): string => stem.replace(/_\d+$/, '');
/** nnU-Net numbers the channels of an image: case_0000.png belongs to case.png. */
const withoutChannel = (stem: string): string => stem.replace(/_0000$/, '');

/**
 * Ways in which two names can mean the same object, the strictest first: equal to the letter, then in other words, then the
 * same across any folders.
 */
const RULES: readonly Rule[] = [
  { image: (image) => written(image, image.exact.stem), mask: (mask) => written(mask, mask.exact.stem) },
  { image: (image) => written(image, image.exact.inner), mask: (mask) => written(mask, mask.exact.inner) },
  {
    image: (image) => written(image, image.exact.inner),
    mask: (mask) => written(mask, mask.exact.withoutMaskWord),
  },
  { image: (image) => here(image, image.stem), mask: (mask) => here(mask, mask.stem) },
  { image: (image) => here(image, image.stem), mask: (mask) => here(mask, mask.withoutMaskWord) },
  { image: (image) => here(image, image.bare), mask: (mask) => here(mask, mask.bare) },
  { image: (image) => here(image, withoutChannel(image.stem)), mask: (mask) => here(mask, mask.stem) },
  { image: (image) => here(image, image.stem), mask: (mask) => here(mask, mask.beforeMaskWord) },
  { image: (image) => here(image, image.bare), mask: (mask) => here(mask, mask.beforeMaskWord) },
  { image: (image) => here(image, image.stem), mask: (mask) => here(mask, withoutNumber(mask.stem)) },
  {
    image: (image) => here(image, image.withoutImageWord),
    mask: (mask) => (mask.withoutMaskWord === '' ? null : here(mask, mask.withoutMaskWord)),
    alone: true,
  },
  {
    image: (image) => (image.bare === '' ? null : here(image, countedAlike(image.bare))),
    mask: (mask) => (mask.bare === '' ? null : here(mask, countedAlike(mask.bare))),
    alone: true,
  },
  { image: (image) => anywhere(image.stem), mask: (mask) => anywhere(mask.stem), across: true },
  { image: (image) => anywhere(image.stem), mask: (mask) => anywhere(mask.withoutMaskWord), across: true },
  { image: (image) => anywhere(image.bare), mask: (mask) => anywhere(mask.bare), across: true },
];

interface Match {
  readonly image: ClassifiedPath;
  readonly masks: ClassifiedPath[];
  /** Image and masks have a folder of their own, so that all its masks belong to the one image. */
  readonly ownFolder: boolean;
}

/**
 * Joins images and masks. Masks of the surest kind present (a manual annotation before a plain "mask", a "mask" before
 * instance labels) are used for the whole data set, never a mixture.
 */
export function matchMasks(paths: readonly ClassifiedPath[]): { pairs: FilePair[]; findings: Finding[] } {
  const shifted = shiftedNumbers(
    paths.filter(({ role }) => role === 'image'),
    paths.filter(({ role }) => role === 'mask'),
  );
  const unshifted = paths.filter(({ path }) => !shifted.files.has(path));
  const images = unshifted.filter(({ role }) => role === 'image');
  const masks = unshifted.filter(({ role }) => role === 'mask');
  const ranks = [...new Set(masks.map((mask) => mask.rank))].sort((a, b) => a - b);
  const named = imagesByPlace(images);
  const refusals: Finding[] = [...shifted.findings];
  for (const rank of ranks) {
    const candidates = masks.filter((mask) => mask.rank === rank);
    const { matches, findings, settled } = matchByRules(images, candidates);
    matchObjectFolders(images, candidates, matches, settled);
    matchByAffix(images, candidates, matches, settled);
    if (matches.size === 0) {
      refusals.push(...findings);
      continue;
    }
    const pairs: FilePair[] = [];
    for (const match of matches.values()) {
      const chosen = chooseMasks(match, named, findings);
      pairs.push({
        image: match.image.path,
        masks: chosen.map((mask) => mask.path),
        givenSplit: match.image.split ?? chosen[0]?.split ?? null,
        convention: conventionOf(match, chosen),
        kinds: kindsOf(chosen),
      });
    }
    findings.push(...shifted.findings, ...unpairedFindings(images, masks, rank, settled));
    return { pairs, findings };
  }
  return { pairs: [], findings: [...refusals, ...unpairedFindings(images, masks, ranks[0] ?? 0, new Set())] };
}

function matchByRules(
  images: readonly ClassifiedPath[],
  masks: readonly ClassifiedPath[],
): { matches: Map<string, Match>; findings: Finding[]; settled: Set<string> } {
  const matches = new Map<string, Match>();
  const findings: Finding[] = [];
  const settled = new Set<string>();
  const places = placesOf(images, masks);
  const doubtful = new Map<string, Finding>();
  for (const rule of RULES) {
    const imagesByKey = groupBy(images, rule.image, settled);
    // Also images that already have a mask: a further mask for one is a part of it, or a rival to report.
    const allByKey = groupBy(images, rule.image, new Set());
    for (const [key, found] of groupBy(masks, rule.mask, settled)) {
      const called = imagesByKey.get(key);
      const rivals = called?.filter((image) =>
        found.every((mask) => areOfOneSplit(image, mask) && (!rule.across || liesInOneSplit(image, mask))),
      );
      if (rivals?.length === 0) continue;
      const taken = rule.alone ? undefined : allByKey.get(key)?.find((image) => matches.has(image.path));
      const meant = rivals ?? (taken ? [taken] : []);
      const some = (hold: typeof places.areApart): boolean =>
        rule.across === true && meant.some((image) => found.some((mask) => hold(image, mask)));
      if (some(places.areApart)) continue;
      if (rivals === undefined) {
        const match = taken && matches.get(taken.path);
        // A name that differs from one already joined in letter case alone is another object's.
        if (!match || found.some((mask) => match.masks.some((one) => isOnlySpeltAlike(one, mask)))) continue;
        match.masks.push(...found);
      } else {
        const image = rivals.some((rival) => isOnlySpeltAlike(rival, rivals[0])) ? null : likeliestOf(rivals);
        if (rivals.length > 1) findings.push(...ambiguousImages(rivals, found, image));
        for (const rival of rivals) settled.add(rival.path);
        if (image) matches.set(image.path, { image, masks: [...found], ownFolder: false });
        const [mask] = found;
        if (image && mask && some(places.areDoubtful))
          doubtful.set(`${image.folder}\n${mask.folder}`, acrossFolders(image, mask));
      }
      for (const mask of found) settled.add(mask.path);
    }
  }
  return { matches, findings: [...findings, ...doubtful.values()], settled };
}

/** "train-labels" are not of "test-volume". */
function areOfOneSplit({ namedSplit: one }: ClassifiedPath, { namedSplit: other }: ClassifiedPath): boolean {
  return one === null || other === null || one === other;
}

/** A mask in the folder of one split is of no image in that of another. */
function liesInOneSplit({ split: one }: ClassifiedPath, { split: other }: ClassifiedPath): boolean {
  return one === null || other === null || one === other;
}

/** The one of its folder's name or format that says most; null where nothing tells. */
function likeliestOf(rivals: readonly ClassifiedPath[]): ClassifiedPath | null {
  const called = rivals.filter(({ isCalledImage }) => isCalledImage);
  return losslessOf(called.length > 0 ? called : rivals);
}

/** In one folder, with names that are equal but for letter case and the like. */
function isOnlySpeltAlike(a: ClassifiedPath, b: ClassifiedPath | undefined): boolean {
  return a.folder === b?.folder && a.stem === b.stem && a.exact.inner !== b.exact.inner;
}

/** <id>/images with one image and <id>/masks with one file per object, whatever the masks are called (DSB 2018). */
function matchObjectFolders(
  images: readonly ClassifiedPath[],
  masks: readonly ClassifiedPath[],
  matches: Map<string, Match>,
  settled: Set<string>,
): void {
  const byPlace: Key = (path) => (path.place === '' || path.place === path.split ? null : path.place);
  const allImages = groupBy(images, byPlace, new Set());
  for (const [place, found] of groupBy(masks, byPlace, settled)) {
    const [image, ...others] = allImages.get(place) ?? [];
    if (image === undefined || others.length > 0 || image.folder === found[0]?.folder) continue;
    // Beside a mask that has the image's name, what is not a number is another kind.
    const match = matches.get(image.path) ?? { image, masks: [], ownFolder: true };
    match.masks.push(...found);
    matches.set(image.path, match);
    settled.add(image.path);
    for (const mask of found) settled.add(mask.path);
  }
}

/** By what all masks of a kind add to the names of the images, in folders that fit. */
function matchByAffix(
  images: readonly ClassifiedPath[],
  masks: readonly ClassifiedPath[],
  matches: Map<string, Match>,
  settled: Set<string>,
): void {
  const open = (paths: readonly ClassifiedPath[]): ClassifiedPath[] =>
    paths.filter(({ path }) => !settled.has(path));
  const names = namesOfImages(open(images));
  const fits = (image: ClassifiedPath, mask: ClassifiedPath): boolean =>
    liesInOneSplit(image, mask) &&
    [image.beside, mask.beside].some((one, index, both) =>
      one.every((folder) => both[1 - index]?.includes(folder)),
    );
  for (const ofKind of Map.groupBy(open(masks), ({ evidence }) => evidence).values()) {
    const [alike, ...others] = namedAlike(ofKind, names);
    if (!alike || others.length > 0 || alike.masks.size < ofKind.length) continue;
    const pairs = [...alike.masks].map(([mask, name]) => ({
      mask,
      images: (names.get(name) ?? []).filter((image) => fits(image, mask)),
    }));
    const taken = new Set(pairs.flatMap((pair) => pair.images));
    if (pairs.some((pair) => pair.images.length !== 1) || taken.size < pairs.length) continue;
    for (const {
      mask,
      images: [image],
    } of pairs) {
      if (!image) continue;
      const match = matches.get(image.path);
      if (match) match.masks.push(mask);
      else matches.set(image.path, { image, masks: [mask], ownFolder: false });
      settled.add(image.path).add(mask.path);
    }
  }
}

/** One mask; or all of them when they are parts of one; or, among rivals, a named choice with a finding. */
function chooseMasks(
  match: Match,
  named: ReadonlyMap<string, readonly ClassifiedPath[]>,
  findings: Finding[],
): readonly ClassifiedPath[] {
  const { image, masks } = match;
  if (masks.length === 1) return masks;
  const sameFolder = masks.every((mask) => mask.folder === masks[0]?.folder);
  const distinct = new Set(masks.map((mask) => mask.stem)).size === masks.length;
  const [unnumbered, ...more] = masks.filter((mask) => !isNumberedPart(mask, image));
  if (sameFolder && distinct && match.ownFolder) return masks;
  if (sameFolder && distinct && more.length === 0) {
    const parts = masks.filter((mask) => mask !== unnumbered || !isOfAnotherKind(mask, image));
    if (parts.length < masks.length) findings.push(ambiguousMasks(image, masks, parts));
    for (const mask of parts) {
      const others = (named.get(here(mask, wholeOf(mask))) ?? []).filter((other) => other !== image);
      if (others.length > 0 && parts.length > 1) findings.push(partsOfOthers(image, mask, others));
    }
    return parts;
  }
  // "masks/a" before "masks_old/a", which lies in a folder of another name.
  const inPlace = masks.filter(({ exact }) => exact.place === image.exact.place);
  const chosen = preferredMask(inPlace.length > 0 ? inPlace : masks);
  findings.push(ambiguousMasks(image, masks, [chosen]));
  return [chosen];
}

/** Images by their places and names, with and without words that say only "image". */
function imagesByPlace(images: readonly ClassifiedPath[]): Map<string, ClassifiedPath[]> {
  const named = new Map<string, ClassifiedPath[]>();
  for (const image of images)
    for (const name of new Set([here(image, image.stem), here(image, image.bare)]))
      named.set(name, [...(named.get(name) ?? []), image]);
  return named;
}

/** What follows its word for masks: "_2" of "x_mask_2". */
const afterWord = (mask: ClassifiedPath): string => mask.withoutMaskWord.slice(mask.beforeMaskWord.length);

/** Words, and not a number, follow its word for masks or its image's name: "x_mask_predicted" beside "x_mask_1" and "x_mask_2". */
function isOfAnotherKind(mask: ClassifiedPath, { stem }: ClassifiedPath): boolean {
  const { withoutMaskWord: name } = mask;
  const afterName = name.startsWith(`${stem}_`) ? name.slice(stem.length) : '';
  return /\p{L}/u.test(afterName) || (mask.beforeMaskWord !== '' && /\p{L}/u.test(afterWord(mask)));
}

/** The image that a numbered part would be of: "x" of "x_mask_2" and "x_2". */
const wholeOf = (mask: ClassifiedPath): string =>
  /^_?\d+$/.test(afterWord(mask)) ? mask.beforeMaskWord : withoutNumber(mask.stem);

/** "x_mask_2" or "x_2" for an image "x". */
function isNumberedPart(mask: ClassifiedPath, image: ClassifiedPath): boolean {
  return /^_?\d+$/.test(afterWord(mask)) || withoutNumber(mask.stem) === image.stem;
}

const kindsOf = (masks: readonly ClassifiedPath[]): string[] => [
  ...new Set(masks.map(({ evidence }) => evidence)),
];

function conventionOf(match: Match, masks: readonly ClassifiedPath[]): string {
  const { image } = match;
  const [evidence = '', ...others] = kindsOf(masks);
  if (others.length > 0) return `mask files of ${others.length + 1} kinds`;
  if (match.ownFolder || masks.length > 1) return `one mask file per object (${evidence})`;
  const folder = image.folder.split('/').at(-1) ?? '';
  if (image.folder === masks[0]?.folder) return `image and mask in one folder, ${evidence}`;
  return `${folder === '' ? 'the root' : `${folder}/`} and ${evidence}${evidence.endsWith('/') ? ' folders' : ''}`;
}

function groupBy(
  paths: readonly ClassifiedPath[],
  key: Key,
  without: ReadonlySet<string>,
): Map<string, ClassifiedPath[]> {
  const groups = new Map<string, ClassifiedPath[]>();
  for (const path of paths) {
    const value = without.has(path.path) ? null : key(path);
    if (value === null) continue;
    const group = groups.get(value);
    if (group) group.push(path);
    else groups.set(value, [path]);
  }
  return groups;
}
