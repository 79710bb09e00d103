import type { Finding } from '#common/dataset/dataset.ts';
import type { ClassifiedPath } from './classifyPaths.ts';
import { pairsByAffix } from './constantAffix.ts';
import { isMaskSource } from './maskSource.ts';
import type { FilePair } from './filePair.ts';
import { ambiguousImages, ambiguousMasks, unpairedFindings } from '../doctor/pairingFindings.ts';
import { shiftedNumbers } from './shiftedNumbers.ts';
import { losslessOf, preferredMask } from './preferredFile.ts';

type Key = (path: ClassifiedPath) => string | null;

interface Rule {
  readonly image: Key;
  readonly mask: Key;
}

const written = ({ exact }: ClassifiedPath, stem: string): string => `${exact.place}|${stem}`;

const here = (path: ClassifiedPath, stem: string): string => `${path.place}|${stem}`;
const anywhere = (stem: string): string | null => (stem === '' ? null : stem);
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
  { image: (image) => anywhere(image.stem), mask: (mask) => anywhere(mask.stem) },
  { image: (image) => anywhere(image.stem), mask: (mask) => anywhere(mask.withoutMaskWord) },
  { image: (image) => anywhere(image.bare), mask: (mask) => anywhere(mask.bare) },
];

interface Match {
  readonly image: ClassifiedPath;
  readonly masks: ClassifiedPath[];
  /** Image and masks have a folder of their own, so that all its masks belong to the one image. */
  ownFolder: boolean;
}

/**
 * Joins images and masks. Masks of the surest kind present (a manual annotation before a plain "mask", a "mask" before
 * instance labels) are used for the whole data set, never a mixture.
 * @param masksFrom evidence of the masks that a person has chosen
 */
export function matchMasks(
  paths: readonly ClassifiedPath[],
  masksFrom?: string,
): { pairs: FilePair[]; findings: Finding[] } {
  const isWanted = ({ role, evidence }: ClassifiedPath): boolean =>
    role === 'mask' && (masksFrom === undefined || isMaskSource(evidence, masksFrom));
  const shifted = shiftedNumbers(
    paths.filter(({ role }) => role === 'image'),
    paths.filter(isWanted),
  );
  const unshifted = paths.filter(({ path }) => !shifted.files.has(path));
  const images = unshifted.filter(({ role }) => role === 'image');
  const masks = unshifted.filter(isWanted);
  const ranks = [...new Set(masks.map((mask) => mask.rank))].sort((a, b) => a - b);
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
      const chosen = chooseMasks(match, findings);
      pairs.push({
        image: match.image.path,
        masks: chosen.map((mask) => mask.path),
        givenSplit: match.image.split ?? chosen[0]?.split ?? null,
        convention: conventionOf(match, chosen),
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
  for (const rule of RULES) {
    const imagesByKey = groupBy(images, rule.image, settled);
    // Also images that already have a mask: a further mask for one is a part of it, or a rival to report.
    const allByKey = groupBy(images, rule.image, new Set());
    for (const [key, found] of groupBy(masks, rule.mask, settled)) {
      const rivals = imagesByKey.get(key);
      const taken = allByKey.get(key)?.find((image) => matches.has(image.path));
      if (rivals === undefined) {
        const match = taken && matches.get(taken.path);
        // A name that differs from one already joined in letter case alone is another object's.
        if (!match || found.some((mask) => match.masks.some((one) => isOnlySpeltAlike(one, mask)))) continue;
        match.masks.push(...found);
      } else {
        const image = rivals.some((rival) => isOnlySpeltAlike(rival, rivals[0])) ? null : losslessOf(rivals);
        if (rivals.length > 1) findings.push(...ambiguousImages(rivals, found, image));
        for (const rival of rivals) settled.add(rival.path);
        if (image) matches.set(image.path, { image, masks: [...found], ownFolder: false });
      }
      for (const mask of found) settled.add(mask.path);
    }
  }
  return { matches, findings, settled };
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
    const match = matches.get(image.path) ?? { image, masks: [], ownFolder: true };
    match.masks.push(...found);
    match.ownFolder = true;
    matches.set(image.path, match);
    settled.add(image.path);
    for (const mask of found) settled.add(mask.path);
  }
}

/** By what all masks of a folder add to the names of the images. */
function matchByAffix(
  images: readonly ClassifiedPath[],
  masks: readonly ClassifiedPath[],
  matches: Map<string, Match>,
  settled: Set<string>,
): void {
  const open = (paths: readonly ClassifiedPath[]): ClassifiedPath[] =>
    paths.filter(({ path }) => !settled.has(path));
  for (const inFolder of Map.groupBy(open(masks), ({ folder }) => folder).values()) {
    for (const [image, mask] of pairsByAffix(open(images), inFolder) ?? []) {
      matches.set(image.path, { image, masks: [mask], ownFolder: false });
      settled.add(image.path).add(mask.path);
    }
  }
}

/** One mask; or all of them when they are parts of one; or, among rivals, a named choice with a finding. */
function chooseMasks(match: Match, findings: Finding[]): readonly ClassifiedPath[] {
  const { image, masks } = match;
  if (masks.length === 1) return masks;
  const sameFolder = masks.every((mask) => mask.folder === masks[0]?.folder);
  const distinct = new Set(masks.map((mask) => mask.stem)).size === masks.length;
  const unnumbered = masks.filter((mask) => !isNumberedPart(mask, image)).length;
  if (sameFolder && distinct && (match.ownFolder || unnumbered <= 1)) return masks;
  const chosen = preferredMask(masks);
  findings.push(ambiguousMasks(image, masks, chosen));
  return [chosen];
}

/** "x_mask_2" or "x_2" for an image "x". */
function isNumberedPart(mask: ClassifiedPath, image: ClassifiedPath): boolean {
  const numberAfterMaskWord = /^_?\d+$/.test(mask.withoutMaskWord.slice(mask.beforeMaskWord.length));
  return numberAfterMaskWord || withoutNumber(mask.stem) === image.stem;
}

function conventionOf(match: Match, masks: readonly ClassifiedPath[]): string {
  const { image } = match;
  const evidence = masks[0]?.evidence ?? '';
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
